PRAGMA application_id=1113678699;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (1, 'backfile', 'm0001_tables', '2026-11-22 20:43:57.509361+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (2, 'backfile', 'm0002_search', '2026-11-22 20:43:57.540092+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (3, 'backfile', 'm0003_resolutions', '2026-11-22 20:43:57.541233+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (4, 'backfile', 'm0004_list_changes', '2026-11-22 20:43:57.573166+00:00');
CREATE TABLE "sources" (
   "id" INTEGER PRIMARY KEY,
   "url" TEXT NOT NULL,
   "name" TEXT,
   "key" TEXT NOT NULL,
   "added_at" TEXT NOT NULL,
   "paused" INTEGER NOT NULL DEFAULT 0
, "listed_at" TEXT, "removed_at" TEXT, "visits" INTEGER NOT NULL DEFAULT 0);
INSERT INTO "sources" ("id", "url", "name", "key", "added_at", "paused", "listed_at", "removed_at", "visits") VALUES (1, 'https://lists.example/news', 'Lists', 'lists.example/news', '2026-11-22T10:00:00+00:00', 0, '2026-11-22T10:00:00+00:00', NULL, 1);
CREATE TABLE "frontier" (
   "id" INTEGER PRIMARY KEY,
   "url" TEXT NOT NULL,
   "key" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "due_at" TEXT,
   "priority" INTEGER NOT NULL,
   "source_id" INTEGER REFERENCES "sources"("id"),
   "found_on" TEXT,
   "added_at" TEXT NOT NULL,
   "attempts" INTEGER NOT NULL DEFAULT 0,
   "claims" INTEGER NOT NULL DEFAULT 0,
   "visited_at" TEXT,
   "status" INTEGER,
   "verdict" TEXT,
   "reason" TEXT,
   "final_url" TEXT,
   "host" TEXT
);
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host") VALUES (1, 'https://lists.example/news', 'lists.example/news', 'list', 'done', NULL, 0, 1, NULL, '2026-11-22T10:00:00+00:00', 0, 1, '2026-11-22T10:00:00+00:00', 200, 'list', '4 headlines, 4 of them new', 'https://lists.example/news', 'lists.example');
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host") VALUES (2, 'https://paper.example/ferry', 'paper.example/ferry', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example');
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host") VALUES (3, 'https://paper.example/bridge', 'paper.example/bridge', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example');
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host") VALUES (4, 'https://paper.example/unread', 'paper.example/unread', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example');
CREATE TABLE "stories" (
   "id" INTEGER PRIMARY KEY,
   "lead_id" INTEGER,
   "made_at" TEXT
);
INSERT INTO "stories" ("id", "lead_id", "made_at") VALUES (1, 1, '2026-11-22T10:00:00+00:00');
INSERT INTO "stories" ("id", "lead_id", "made_at") VALUES (2, 3, '2026-11-22T10:00:00+00:00');
INSERT INTO "stories" ("id", "lead_id", "made_at") VALUES (3, 5, '2026-11-22T10:00:00+00:00');
CREATE TABLE "articles" (
   "id" INTEGER PRIMARY KEY,
   "url" TEXT NOT NULL,
   "canonical_url" TEXT,
   "title" TEXT,
   "byline" TEXT,
   "agency" TEXT,
   "publisher" TEXT,
   "published" TEXT,
   "published_precision" TEXT,
   "published_from" TEXT,
   "published_text" TEXT,
   "modified" TEXT,
   "modified_precision" TEXT,
   "modified_from" TEXT,
   "modified_text" TEXT,
   "language" TEXT,
   "partial" INTEGER NOT NULL,
   "verdict" TEXT NOT NULL,
   "story_id" INTEGER REFERENCES "stories"("id"),
   "source_id" INTEGER REFERENCES "sources"("id"),
   "original_url" TEXT,
   "original_key" TEXT,
   "original_id" INTEGER REFERENCES "articles"("id"),
   "asked_url" TEXT,
   "captured_at" TEXT NOT NULL,
   "first_seen" TEXT,
   "last_seen" TEXT,
   "key" TEXT NOT NULL,
   "text_digest" TEXT NOT NULL,
   "dateline" TEXT,
   "section" TEXT,
   "tags" TEXT,
   "description" TEXT,
   "image_url" TEXT,
   "text" TEXT NOT NULL,
   "html" TEXT,
   "captions" TEXT,
   "cited" TEXT,
   "field_sources" TEXT,
   "title_characters" TEXT,
   "text_characters" TEXT
);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters") VALUES (1, 'https://paper.example/ferry', NULL, 'Ferry sails on Sundays', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 1, 1, NULL, NULL, NULL, 'https://paper.example/ferry', '2026-11-22T11:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T11:00:00+00:00', 'paper.example/ferry', '405d43b920b5f61721ebe869b12846f37a5199ad12d22f564ef178401b254e30', NULL, NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.

The first boat leaves at nine.', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters") VALUES (2, 'https://other.example/ferry', NULL, 'Ferry on Sundays', '["Ann Reader"]', NULL, 'Other Paper', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 1, 1, NULL, NULL, NULL, 'https://other.example/ferry', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'other.example/ferry', '405d43b920b5f61721ebe869b12846f37a5199ad12d22f564ef178401b254e30', NULL, NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.

The first boat leaves at nine.', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters") VALUES (3, 'https://paper.example/bridge', NULL, '大桥明年开放', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 2, 1, NULL, NULL, NULL, 'https://paper.example/bridge', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'paper.example/bridge', 'e0858d3b11f441dd59e615fa107d86f4de54eec58ebba10257b679d346ce6d20', NULL, NULL, NULL, NULL, NULL, '北京的大桥明年开放。 The bridge over the sound opens to bicycles next year, the council says.', NULL, NULL, NULL, NULL, '大 桥 明 年 开 放', '北 京 的 大 桥 明 年 开 放 。 The bridge over the sound opens to bicycles next year, the council says.');
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters") VALUES (4, 'https://lists.example/storm-post', NULL, 'Storm', '["Ann Reader"]', NULL, 'Lists', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 3, 1, 'https://paper.example/storm', 'paper.example/storm', 5, 'https://lists.example/storm-post', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'lists.example/storm-post', '058b71ef672c19c3d8c417c1e6e64db9d1503020eb5064b26b8f08053f24a2da', NULL, NULL, NULL, NULL, NULL, 'A note on the storm that closed the harbour: read the paper itself for what came of it and who helped.', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters") VALUES (5, 'https://paper.example/storm', NULL, 'Storm closes the harbour', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 3, 1, NULL, NULL, NULL, 'https://paper.example/storm', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'paper.example/storm', 'd00349a9247e7b67097052ec5062b0247adb08829d4962e93e47679c4a114100', NULL, NULL, NULL, NULL, NULL, 'A storm closed the harbour for two days; no one was hurt, and no boat was lost to it, the harbour master wrote.', NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE "versions" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "title" TEXT,
   "published" TEXT,
   "published_precision" TEXT,
   "published_from" TEXT,
   "published_text" TEXT,
   "modified" TEXT,
   "modified_precision" TEXT,
   "modified_from" TEXT,
   "modified_text" TEXT,
   "text" TEXT NOT NULL,
   "html" TEXT,
   "text_digest" TEXT NOT NULL,
   "captured_at" TEXT NOT NULL,
   "replaced_at" TEXT NOT NULL
);
INSERT INTO "versions" ("id", "article_id", "title", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "text", "html", "text_digest", "captured_at", "replaced_at") VALUES (1, 1, 'Ferry sails on Sundays', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.', NULL, 'b5b8ce8a7dc0d88f666df5c711a21ab2e0cb3c180e305d60b741e9f2b7770d25', '2026-11-22T10:00:00+00:00', '2026-11-22T11:00:00+00:00');
CREATE TABLE "addresses" (
   "key" TEXT PRIMARY KEY,
   "url" TEXT NOT NULL,
   "role" TEXT NOT NULL,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id")
);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('paper.example/ferry', 'https://paper.example/ferry', 'own', 1);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('other.example/ferry', 'https://other.example/ferry', 'own', 2);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('paper.example/bridge', 'https://paper.example/bridge', 'own', 3);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('lists.example/storm-post', 'https://lists.example/storm-post', 'own', 4);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('paper.example/storm', 'https://paper.example/storm', 'own', 5);
CREATE TABLE "headlines" (
   "id" INTEGER PRIMARY KEY,
   "source_id" INTEGER NOT NULL REFERENCES "sources"("id"),
   "title" TEXT NOT NULL,
   "url" TEXT,
   "publisher" TEXT,
   "published" TEXT,
   "published_precision" TEXT,
   "published_from" TEXT,
   "published_text" TEXT,
   "raw" TEXT NOT NULL,
   "truncated" INTEGER,
   "damaged" INTEGER,
   "publisher_cut" INTEGER,
   "date_text" TEXT,
   "list_url" TEXT NOT NULL,
   "position" INTEGER NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT,
   "article_id" INTEGER REFERENCES "articles"("id"),
   "key" TEXT,
   "identity" TEXT NOT NULL,
   "title_characters" TEXT
, "listed_on" TEXT, "place" INTEGER, "withdrawn_at" TEXT);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at") VALUES (1, 1, 'Ferry sails on Sundays', 'https://paper.example/ferry', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Ferry sails on Sundays - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 0, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 1, 'paper.example/ferry', 'paper.example/ferry', NULL, 'https://lists.example/news', 0, NULL);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at") VALUES (2, 1, '大桥明年开放', 'https://paper.example/bridge', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', '大桥明年开放 - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 1, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 3, 'paper.example/bridge', 'paper.example/bridge', '大 桥 明 年 开 放', 'https://lists.example/news', 1, NULL);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at") VALUES (3, 1, 'Storm closes the harbour', NULL, 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Storm closes the harbour - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 2, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 5, NULL, 'text:3339b3339bdd94de4010ded8475324f8', NULL, 'https://lists.example/news', 2, NULL);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at") VALUES (4, 1, 'Nobody has this one', 'https://paper.example/unread', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Nobody has this one - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 3, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', NULL, 'paper.example/unread', 'paper.example/unread', NULL, 'https://lists.example/news', 3, NULL);
CREATE TABLE "resolutions" (
   "headline_id" INTEGER PRIMARY KEY REFERENCES "headlines"("id"),
   "url" TEXT,
   "key" TEXT,
   "score" REAL,
   "evidence" TEXT NOT NULL,
   "rivals" TEXT,
   "resolved_at" TEXT NOT NULL
);
INSERT INTO "resolutions" ("headline_id", "url", "key", "score", "evidence", "rivals", "resolved_at") VALUES (3, 'https://paper.example/storm', 'paper.example/storm', 0.977, 'exact after folding; same day; publisher agrees', NULL, '2026-11-22T10:00:00+00:00');
CREATE TABLE "list_changes" (
   "id" INTEGER PRIMARY KEY,
   "source_id" INTEGER NOT NULL REFERENCES "sources"("id"),
   "headline_id" INTEGER NOT NULL REFERENCES "headlines"("id"),
   "kind" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "old" TEXT,
   "new" TEXT
);
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "text", "byline", "publisher", "title_characters", "text_characters",
    tokenize='unicode61 remove_diacritics 2 categories ''L* M* N* Co''',
    content="articles"
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE "headlines_fts" USING FTS5 (
    "title", "publisher", "title_characters",
    tokenize='unicode61 remove_diacritics 2 categories ''L* M* N* Co''',
    content="headlines"
);
INSERT INTO headlines_fts (headlines_fts) VALUES ('rebuild');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_sources_key"
    ON "sources" ("key");
CREATE UNIQUE INDEX "idx_frontier_key"
    ON "frontier" ("key");
CREATE INDEX "idx_frontier_state"
    ON "frontier" ("state");
CREATE INDEX "idx_frontier_source_id"
    ON "frontier" ("source_id");
CREATE INDEX idx_frontier_due ON frontier (priority, due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX "idx_articles_key"
    ON "articles" ("key");
CREATE INDEX "idx_articles_text_digest"
    ON "articles" ("text_digest");
CREATE INDEX "idx_articles_story_id"
    ON "articles" ("story_id");
CREATE INDEX "idx_articles_original_key"
    ON "articles" ("original_key");
CREATE INDEX "idx_articles_published"
    ON "articles" ("published");
CREATE INDEX "idx_articles_source_id"
    ON "articles" ("source_id");
CREATE INDEX "idx_articles_original_id"
    ON "articles" ("original_id");
CREATE INDEX "idx_versions_article_id"
    ON "versions" ("article_id");
CREATE INDEX "idx_addresses_article_id"
    ON "addresses" ("article_id");
CREATE UNIQUE INDEX "idx_headlines_source_id_identity"
    ON "headlines" ("source_id", "identity");
CREATE INDEX "idx_headlines_key"
    ON "headlines" ("key");
CREATE INDEX "idx_headlines_article_id"
    ON "headlines" ("article_id");
CREATE INDEX "idx_headlines_published"
    ON "headlines" ("published");
CREATE INDEX "idx_resolutions_key"
    ON "resolutions" ("key");
CREATE INDEX idx_headlines_open ON headlines (source_id) WHERE url IS NULL AND article_id IS NULL;
CREATE INDEX "idx_headlines_source_id_last_seen_listed_on"
    ON "headlines" ("source_id", "last_seen", "listed_on");
CREATE INDEX "idx_list_changes_source_id_at"
    ON "list_changes" ("source_id", "at");
CREATE INDEX "idx_list_changes_headline_id"
    ON "list_changes" ("headline_id");
CREATE INDEX "idx_list_changes_at"
    ON "list_changes" ("at");
CREATE TRIGGER articles_insert AFTER INSERT ON articles BEGIN INSERT INTO articles_fts (rowid, title, text, byline, publisher, title_characters, text_characters) VALUES (new.id, new.title, new.text, new.byline, new.publisher, new.title_characters, new.text_characters); END;
CREATE TRIGGER articles_delete AFTER DELETE ON articles BEGIN INSERT INTO articles_fts (articles_fts, rowid, title, text, byline, publisher, title_characters, text_characters) VALUES ('delete', old.id, old.title, old.text, old.byline, old.publisher, old.title_characters, old.text_characters); END;
CREATE TRIGGER articles_update AFTER UPDATE OF title, text, byline, publisher, title_characters, text_characters ON articles
        WHEN old.title IS NOT new.title OR old.text IS NOT new.text OR old.byline IS NOT new.byline OR old.publisher IS NOT new.publisher OR old.title_characters IS NOT new.title_characters OR old.text_characters IS NOT new.text_characters BEGIN INSERT INTO articles_fts (articles_fts, rowid, title, text, byline, publisher, title_characters, text_characters) VALUES ('delete', old.id, old.title, old.text, old.byline, old.publisher, old.title_characters, old.text_characters); INSERT INTO articles_fts (rowid, title, text, byline, publisher, title_characters, text_characters) VALUES (new.id, new.title, new.text, new.byline, new.publisher, new.title_characters, new.text_characters); END;
CREATE TRIGGER headlines_insert AFTER INSERT ON headlines BEGIN INSERT INTO headlines_fts (rowid, title, publisher, title_characters) VALUES (new.id, new.title, new.publisher, new.title_characters); END;
CREATE TRIGGER headlines_delete AFTER DELETE ON headlines BEGIN INSERT INTO headlines_fts (headlines_fts, rowid, title, publisher, title_characters) VALUES ('delete', old.id, old.title, old.publisher, old.title_characters); END;
CREATE TRIGGER headlines_update AFTER UPDATE OF title, publisher, title_characters ON headlines
        WHEN old.title IS NOT new.title OR old.publisher IS NOT new.publisher OR old.title_characters IS NOT new.title_characters BEGIN INSERT INTO headlines_fts (headlines_fts, rowid, title, publisher, title_characters) VALUES ('delete', old.id, old.title, old.publisher, old.title_characters); INSERT INTO headlines_fts (rowid, title, publisher, title_characters) VALUES (new.id, new.title, new.publisher, new.title_characters); END;
