"""Records that stand alone (see `bundles`) taken into an archive: `import` of JSONL, and `merge`.

    intake ─▶ for each batch of records, one transaction:
        source     under the same key made one, or new
        article    kept out where it was forgotten here; else made one with what is held under its
                   key (`combining`), or new: with its versions, addresses, story and original
        headline   the same within its source; tied to its article

What was taken in once is not taken in again, so that whoever was interrupted begins anew. No page
is read here: records come from another archive, or from another program that has read them.
"""
