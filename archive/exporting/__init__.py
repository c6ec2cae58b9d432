"""What an archive holds, written out in the formats that other programs read.

    picked = selecting.pick(raw, asked)         what a search finds, all of it, or everything
    for piece in jsonl.write(raw, picked): …    a format a module: pieces of one file, in order

Reads only, a row at a time; no archive is ever in memory whole. `output` puts the pieces where they
are wanted.
"""
