PRAGMA application_id=1113678699;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (1, 'backfile', 'm0001_tables', '2026-11-22 20:44:15.408863+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (2, 'backfile', 'm0002_search', '2026-11-22 20:44:15.511398+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (3, 'backfile', 'm0003_resolutions', '2026-11-22 20:44:15.512633+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (4, 'backfile', 'm0004_list_changes', '2026-11-22 20:44:15.540168+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (5, 'backfile', 'm0005_doors', '2026-11-22 20:44:15.555296+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (6, 'backfile', 'm0006_attributions', '2026-11-22 20:44:15.556904+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (7, 'backfile', 'm0007_visits', '2026-11-22 20:44:15.578033+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (8, 'backfile', 'm0008_lookups', '2026-11-22 20:44:15.579036+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (9, 'backfile', 'm0009_captures', '2026-11-22 20:44:15.579842+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (10, 'backfile', 'm0010_validators', '2026-11-22 20:44:15.598427+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (11, 'backfile', 'm0011_tombstones', '2026-11-22 20:44:15.599065+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (12, 'backfile', 'm0012_damaged', '2026-11-22 20:44:15.599984+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (13, 'backfile', 'm0013_hosts_due', '2026-11-22 20:44:15.600308+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (14, 'backfile', 'm0014_readings', '2026-11-22 20:44:15.614179+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (15, 'backfile', 'm0015_search_order', '2026-11-22 20:58:26.739247+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (16, 'backfile', 'm0016_page_keys', '2026-11-22 20:58:27.114275+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (17, 'backfile', 'm0017_sketches', '2026-11-22 21:00:09.605102+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (18, 'backfile', 'm0018_story_ties', '2026-11-22 21:00:11.910093+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (19, 'backfile', 'm0019_views', '2026-11-22 23:00:10.711607+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (20, 'backfile', 'm0020_crawls', '2026-11-22 23:00:10.903920+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (21, 'backfile', 'm0021_mementos', '2026-11-23 00:00:34.407240+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (22, 'backfile', 'm0022_watches', '2026-11-23 00:26:07.731748+00:00');
INSERT INTO "_sqlite_migrations" ("id", "migration_set", "name", "applied_at") VALUES (23, 'backfile', 'm0023_care', '2026-11-23 02:32:52.333827+00:00');
CREATE TABLE "sources" (
   "id" INTEGER PRIMARY KEY,
   "url" TEXT NOT NULL,
   "name" TEXT,
   "key" TEXT NOT NULL,
   "added_at" TEXT NOT NULL,
   "paused" INTEGER NOT NULL DEFAULT 0
, "listed_at" TEXT, "removed_at" TEXT, "visits" INTEGER NOT NULL DEFAULT 0, "door" TEXT, "door_kind" TEXT, "door_key" TEXT, accepted_at TEXT);
INSERT INTO "sources" ("id", "url", "name", "key", "added_at", "paused", "listed_at", "removed_at", "visits", "door", "door_kind", "door_key", "accepted_at") VALUES (1, 'https://lists.example/news', 'Lists', 'lists.example/news', '2026-11-22T10:00:00+00:00', 0, '2026-11-22T10:00:00+00:00', NULL, 1, NULL, NULL, NULL, NULL);
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
, "etag" TEXT, "last_modified" TEXT, "read_by" TEXT, "digest" TEXT, "read_at" TEXT);
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host", "etag", "last_modified", "read_by", "digest", "read_at") VALUES (1, 'https://lists.example/news', 'lists.example/news', 'list', 'done', NULL, 0, 1, NULL, '2026-11-22T10:00:00+00:00', 0, 1, '2026-11-22T10:00:00+00:00', 200, 'list', '4 headlines, 4 of them new', 'https://lists.example/news', 'lists.example', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host", "etag", "last_modified", "read_by", "digest", "read_at") VALUES (2, 'https://paper.example/ferry', 'paper.example/ferry', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host", "etag", "last_modified", "read_by", "digest", "read_at") VALUES (3, 'https://paper.example/bridge', 'paper.example/bridge', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "frontier" ("id", "url", "key", "kind", "state", "due_at", "priority", "source_id", "found_on", "added_at", "attempts", "claims", "visited_at", "status", "verdict", "reason", "final_url", "host", "etag", "last_modified", "read_by", "digest", "read_at") VALUES (4, 'https://paper.example/unread', 'paper.example/unread', 'article', 'due', '2026-11-22T10:00:00+00:00', 20, 1, 'https://lists.example/news', '2026-11-22T10:00:00+00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, 'paper.example', NULL, NULL, NULL, NULL, NULL);
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
, "attribution" TEXT, "original_title" TEXT, "damaged" INTEGER NOT NULL DEFAULT 0, "hosts" TEXT, listed_titles TEXT, listed_publishers TEXT, listed_characters TEXT, listed_sources TEXT, listed_published TEXT, listed_published_precision TEXT, time_order INTEGER GENERATED ALWAYS AS ((coalesce( CAST(julianday(coalesce(published, listed_published)) + 0.5 AS INTEGER), CAST(julianday(substr(coalesce(published, listed_published), 1, 10)) + 0.5 AS INTEGER), 0 ) << 30) | (CASE WHEN coalesce(published, listed_published) IS NULL THEN 0 WHEN CASE WHEN published IS NULL THEN listed_published_precision ELSE published_precision END = 'year' THEN 0 WHEN CASE WHEN published IS NULL THEN listed_published_precision ELSE published_precision END = 'month' THEN 1 WHEN instr(coalesce(published, listed_published), 'T') THEN 3 ELSE 2 END << 28) | id) VIRTUAL, marks TEXT GENERATED ALWAYS AS (char(57344) || 'every' || coalesce( ' ' || char(57344) || 'lang' || lower(substr(replace(language, '_', '-'), 1, instr(replace(language, '_', '-') || '-', '-') - 1)), '') || coalesce(' ' || char(57344) || 'source' || source_id, '') || coalesce(replace(' ' || listed_sources, ' ', ' ' || char(57344) || 'source'), '') || coalesce(replace(replace(replace(replace(' ' || hosts, ' ', ' ' || char(57344) || 'site'), '.', char(57345)), '-', char(57346)), '_', char(57347)), '') || coalesce(' ' || char(57344) || 'pub' || nullif(hex(publisher), ''), '') || coalesce( ' ' || char(57344) || 'pub' || replace( nullif(hex(listed_publishers), ''), '20EE808020', ' ' || char(57344) || 'pub'), '')) VIRTUAL, memento_url TEXT);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters", "attribution", "original_title", "damaged", "hosts", "listed_titles", "listed_publishers", "listed_characters", "listed_sources", "listed_published", "listed_published_precision", "memento_url") VALUES (1, 'https://paper.example/ferry', NULL, 'Ferry sails on Sundays', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 1, 1, NULL, NULL, NULL, 'https://paper.example/ferry', '2026-11-22T11:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T11:00:00+00:00', 'paper.example/ferry', '405d43b920b5f61721ebe869b12846f37a5199ad12d22f564ef178401b254e30', NULL, NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.

The first boat leaves at nine.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'paper.example example', 'Ferry sails on Sundays', 'Daily Post', NULL, '1', '2024-11-08', 'day', NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters", "attribution", "original_title", "damaged", "hosts", "listed_titles", "listed_publishers", "listed_characters", "listed_sources", "listed_published", "listed_published_precision", "memento_url") VALUES (2, 'https://other.example/ferry', NULL, 'Ferry on Sundays', '["Ann Reader"]', NULL, 'Other Paper', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 1, 1, NULL, NULL, NULL, 'https://other.example/ferry', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'other.example/ferry', '405d43b920b5f61721ebe869b12846f37a5199ad12d22f564ef178401b254e30', NULL, NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.

The first boat leaves at nine.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'other.example example', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters", "attribution", "original_title", "damaged", "hosts", "listed_titles", "listed_publishers", "listed_characters", "listed_sources", "listed_published", "listed_published_precision", "memento_url") VALUES (3, 'https://paper.example/bridge', NULL, '大桥明年开放', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 2, 1, NULL, NULL, NULL, 'https://paper.example/bridge', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'paper.example/bridge', 'e0858d3b11f441dd59e615fa107d86f4de54eec58ebba10257b679d346ce6d20', NULL, NULL, NULL, NULL, NULL, '北京的大桥明年开放。 The bridge over the sound opens to bicycles next year, the council says.', NULL, NULL, NULL, NULL, '大 桥 明 年 开 放', '北 京 的 大 桥 明 年 开 放 。 The bridge over the sound opens to bicycles next year, the council says.', NULL, NULL, 0, 'paper.example example', '大桥明年开放', 'Daily Post', '大 桥 明 年 开 放', '1', '2024-11-08', 'day', NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters", "attribution", "original_title", "damaged", "hosts", "listed_titles", "listed_publishers", "listed_characters", "listed_sources", "listed_published", "listed_published_precision", "memento_url") VALUES (4, 'https://lists.example/storm-post', NULL, 'Storm', '["Ann Reader"]', NULL, 'Lists', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 3, 1, 'https://paper.example/storm', 'paper.example/storm', 5, 'https://lists.example/storm-post', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'lists.example/storm-post', '058b71ef672c19c3d8c417c1e6e64db9d1503020eb5064b26b8f08053f24a2da', NULL, NULL, NULL, NULL, NULL, 'A note on the storm that closed the harbour: read the paper itself for what came of it and who helped.', NULL, NULL, NULL, NULL, NULL, NULL, 'Read the original post:', NULL, 0, 'lists.example example', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "articles" ("id", "url", "canonical_url", "title", "byline", "agency", "publisher", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "language", "partial", "verdict", "story_id", "source_id", "original_url", "original_key", "original_id", "asked_url", "captured_at", "first_seen", "last_seen", "key", "text_digest", "dateline", "section", "tags", "description", "image_url", "text", "html", "captions", "cited", "field_sources", "title_characters", "text_characters", "attribution", "original_title", "damaged", "hosts", "listed_titles", "listed_publishers", "listed_characters", "listed_sources", "listed_published", "listed_published_precision", "memento_url") VALUES (5, 'https://paper.example/storm', NULL, 'Storm closes the harbour', '["Ann Reader"]', NULL, 'Daily Post', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'en', 0, 'article', 3, 1, NULL, NULL, NULL, 'https://paper.example/storm', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 'paper.example/storm', 'd00349a9247e7b67097052ec5062b0247adb08829d4962e93e47679c4a114100', NULL, NULL, NULL, NULL, NULL, 'A storm closed the harbour for two days; no one was hurt, and no boat was lost to it, the harbour master wrote.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'paper.example example', 'Storm closes the harbour', 'Daily Post', NULL, '1', '2024-11-08', 'day', NULL);
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
, memento_url TEXT);
INSERT INTO "versions" ("id", "article_id", "title", "published", "published_precision", "published_from", "published_text", "modified", "modified_precision", "modified_from", "modified_text", "text", "html", "text_digest", "captured_at", "replaced_at", "memento_url") VALUES (1, 1, 'Ferry sails on Sundays', '2024-11-08', 'day', 'json-ld', '2024-11-08', NULL, NULL, NULL, NULL, 'The ferry to the islands sails on Sundays again, the company said. Islanders had asked for it since two winters ago, when the timetable was cut without a word to them.', NULL, 'b5b8ce8a7dc0d88f666df5c711a21ab2e0cb3c180e305d60b741e9f2b7770d25', '2026-11-22T10:00:00+00:00', '2026-11-22T11:00:00+00:00', NULL);
CREATE TABLE "addresses" (
   "key" TEXT PRIMARY KEY,
   "url" TEXT NOT NULL,
   "role" TEXT NOT NULL,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id")
);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('lists.example/storm-post', 'https://lists.example/storm-post', 'own', 4);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('other.example/ferry', 'https://other.example/ferry', 'own', 2);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('paper.example/bridge', 'https://paper.example/bridge', 'own', 3);
INSERT INTO "addresses" ("key", "url", "role", "article_id") VALUES ('paper.example/ferry', 'https://paper.example/ferry', 'own', 1);
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
, "listed_on" TEXT, "place" INTEGER, "withdrawn_at" TEXT, "visit" INTEGER, "hosts" TEXT, time_order INTEGER GENERATED ALWAYS AS ((coalesce( CAST(julianday(published) + 0.5 AS INTEGER), CAST(julianday(substr(published, 1, 10)) + 0.5 AS INTEGER), 0 ) << 30) | (CASE WHEN published IS NULL THEN 0 WHEN published_precision = 'year' THEN 0 WHEN published_precision = 'month' THEN 1 WHEN instr(published, 'T') THEN 3 ELSE 2 END << 28) | id) VIRTUAL, marks TEXT GENERATED ALWAYS AS (CASE WHEN article_id IS NULL THEN char(57344) || 'every' ELSE char(57344) || 'held' END || ' ' || char(57344) || 'source' || source_id || coalesce(replace(replace(replace(replace(' ' || hosts, ' ', ' ' || char(57344) || 'site'), '.', char(57345)), '-', char(57346)), '_', char(57347)), '') || coalesce(' ' || char(57344) || 'pub' || nullif(hex(publisher), ''), '')) VIRTUAL);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at", "visit", "hosts") VALUES (1, 1, 'Ferry sails on Sundays', 'https://paper.example/ferry', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Ferry sails on Sundays - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 0, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 1, 'paper.example/ferry', 'paper.example/ferry', NULL, 'https://lists.example/news', 0, NULL, 1, 'paper.example example');
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at", "visit", "hosts") VALUES (2, 1, '大桥明年开放', 'https://paper.example/bridge', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', '大桥明年开放 - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 1, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 3, 'paper.example/bridge', 'paper.example/bridge', '大 桥 明 年 开 放', 'https://lists.example/news', 1, NULL, 1, 'paper.example example');
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at", "visit", "hosts") VALUES (3, 1, 'Storm closes the harbour', NULL, 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Storm closes the harbour - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 2, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', 5, NULL, 'text:3339b3339bdd94de4010ded8475324f8', NULL, 'https://lists.example/news', 2, NULL, 1, NULL);
INSERT INTO "headlines" ("id", "source_id", "title", "url", "publisher", "published", "published_precision", "published_from", "published_text", "raw", "truncated", "damaged", "publisher_cut", "date_text", "list_url", "position", "first_seen", "last_seen", "article_id", "key", "identity", "title_characters", "listed_on", "place", "withdrawn_at", "visit", "hosts") VALUES (4, 1, 'Nobody has this one', 'https://paper.example/unread', 'Daily Post', '2024-11-08', 'day', 'list', '2024-11-08', 'Nobody has this one - Daily Post - 2024-11-08', 0, 0, 0, NULL, 'https://lists.example/news', 3, '2026-11-22T10:00:00+00:00', '2026-11-22T10:00:00+00:00', NULL, 'paper.example/unread', 'paper.example/unread', NULL, 'https://lists.example/news', 3, NULL, 1, 'paper.example example');
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
CREATE TABLE "lookups" (
   "headline_id" INTEGER REFERENCES "headlines"("id"),
   "site" TEXT,
   "asked_at" TEXT NOT NULL,
   PRIMARY KEY ("headline_id", "site")
);
INSERT INTO "lookups" ("headline_id", "site", "asked_at") VALUES (4, 'paper.example', '2026-11-22T10:00:00+00:00');
CREATE TABLE "captures" (
   "id" INTEGER PRIMARY KEY,
   "key" TEXT NOT NULL,
   "url" TEXT NOT NULL,
   "asked_url" TEXT NOT NULL,
   "captured_at" TEXT NOT NULL,
   "status" INTEGER NOT NULL,
   "media_type" TEXT,
   "digest" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "location" TEXT,
   "file" TEXT NOT NULL,
   "offset" INTEGER,
   "length" INTEGER
);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (1, 'paper.example/ferry', 'https://paper.example/ferry', 'https://paper.example/ferry', '2026-11-22T10:00:00+00:00', 200, 'text/html', 'sha1:3BSDXFIVU4Q22V5U4GWFK464PPL4HALJ', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 665, 425);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (2, 'paper.example/ferry', 'https://paper.example/ferry', 'https://paper.example/ferry', '2026-11-22T11:00:00+00:00', 200, 'text/html', 'sha1:D5N3LDZ6LZZJ7FUSKT4WHVON7RGIGVFL', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 1445, 444);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (3, 'other.example/ferry', 'https://other.example/ferry', 'https://other.example/ferry', '2026-11-22T10:00:00+00:00', 200, 'text/html', 'sha1:D5N3LDZ6LZZJ7FUSKT4WHVON7RGIGVFL', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 2244, 444);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (4, 'paper.example/bridge', 'https://paper.example/bridge', 'https://paper.example/bridge', '2026-11-22T10:00:00+00:00', 200, 'text/html', 'sha1:3MYF5Q6FBRNVDHISP3G77EU264DGUINC', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 3042, 426);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (5, 'lists.example/storm-post', 'https://lists.example/storm-post', 'https://lists.example/storm-post', '2026-11-22T10:00:00+00:00', 200, 'text/html', 'sha1:V3HT7IHFO3WZN7WPNBHRK6SW55VIMD6W', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 3825, 384);
INSERT INTO "captures" ("id", "key", "url", "asked_url", "captured_at", "status", "media_type", "digest", "kind", "location", "file", "offset", "length") VALUES (6, 'paper.example/storm', 'https://paper.example/storm', 'https://paper.example/storm', '2026-11-22T10:00:00+00:00', 200, 'text/html', 'sha1:GFO6SCTJRJ4ZW65XDTYMOH6QWIIXLIR2', 'response', NULL, 'backfile-20261122100000-00001.warc.gz', 4562, 386);
CREATE TABLE "tombstones" (
   "key" TEXT PRIMARY KEY,
   "forgotten_at" TEXT NOT NULL
);
INSERT INTO "tombstones" ("key", "forgotten_at") VALUES ('paper.example/gone', '2026-11-22T10:00:00+00:00');
CREATE TABLE publishers (id INTEGER PRIMARY KEY, publisher TEXT NOT NULL UNIQUE);
INSERT INTO "publishers" ("id", "publisher") VALUES (1, 'Daily Post');
INSERT INTO "publishers" ("id", "publisher") VALUES (2, 'Lists');
INSERT INTO "publishers" ("id", "publisher") VALUES (3, 'Other Paper');
CREATE TABLE sketches (article_id INTEGER PRIMARY KEY REFERENCES articles(id), version INTEGER NOT NULL, shingles INTEGER NOT NULL, hashes BLOB NOT NULL);
CREATE TABLE shingles (hash INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (hash, article_id)) WITHOUT ROWID;
CREATE TABLE unjudged (article_id INTEGER PRIMARY KEY REFERENCES articles(id));
INSERT INTO "unjudged" ("article_id") VALUES (1);
INSERT INTO "unjudged" ("article_id") VALUES (2);
INSERT INTO "unjudged" ("article_id") VALUES (3);
INSERT INTO "unjudged" ("article_id") VALUES (4);
INSERT INTO "unjudged" ("article_id") VALUES (5);
CREATE TABLE "story_ties" (
   "article_id" INTEGER REFERENCES "articles"("id"),
   "other_id" INTEGER REFERENCES "articles"("id"),
   "kind" TEXT NOT NULL,
   "part" REAL,
   "made_at" TEXT NOT NULL,
   PRIMARY KEY ("article_id", "other_id")
);
CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT,
    ended TEXT,
    version TEXT NOT NULL,
    pages INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    seconds REAL NOT NULL
);
CREATE TABLE crawl_sources (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    crawl_id INTEGER NOT NULL REFERENCES crawls(id),
    list_key TEXT NOT NULL,
    list_pages INTEGER NOT NULL,
    unchanged_lists INTEGER NOT NULL,
    list_trouble TEXT,
    list_reason TEXT,
    headlines INTEGER NOT NULL,
    first_page INTEGER,
    undated INTEGER NOT NULL,
    new_headlines INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    new_articles INTEGER NOT NULL,
    changed_articles INTEGER NOT NULL,
    unchanged_articles INTEGER NOT NULL,
    first_tries INTEGER NOT NULL,
    walls INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    failures TEXT,
    bytes INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (source_id, crawl_id)
);
CREATE TABLE notices (
    source_id INTEGER PRIMARY KEY REFERENCES sources(id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    told_at TEXT NOT NULL
);
CREATE TABLE mementos (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        kind TEXT NOT NULL,
        source_id INTEGER REFERENCES sources(id),
        found_on TEXT,
        state TEXT NOT NULL,
        due_at TEXT,
        added_at TEXT NOT NULL,
        asked_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        known TEXT,
        asked TEXT,
        memento_url TEXT,
        memento_at TEXT
    );
CREATE TABLE watches (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        asked TEXT NOT NULL,
        made_at TEXT NOT NULL,
        last_run_at TEXT,
        feed TEXT NOT NULL
    );
CREATE TABLE watch_hits (
        kind TEXT NOT NULL,
        item_id INTEGER NOT NULL,
        watch_id INTEGER NOT NULL REFERENCES watches(id),
        told_at TEXT,
        PRIMARY KEY (kind, item_id, watch_id)
    ) WITHOUT ROWID
    ;
CREATE VIRTUAL TABLE articles_fts USING fts5(text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, marks, content='articles', content_rowid='time_order', tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'");
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE headlines_fts USING fts5(title, publisher, title_characters, marks, content='headlines', content_rowid='time_order', tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'");
INSERT INTO headlines_fts (headlines_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE publishers_fts USING fts5(publisher, content='publishers', content_rowid='id', tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'");
INSERT INTO publishers_fts (publishers_fts) VALUES ('rebuild');
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
CREATE INDEX "idx_captures_key_captured_at"
    ON "captures" ("key", "captured_at");
CREATE UNIQUE INDEX "idx_captures_file_offset"
    ON "captures" ("file", "offset");
CREATE INDEX idx_frontier_host_due ON frontier (priority, host, source_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX idx_articles_time_order ON articles (time_order, story_id);
CREATE INDEX idx_headlines_time_order ON headlines (time_order);
CREATE INDEX "idx_story_ties_other_id"
    ON "story_ties" ("other_id");
CREATE INDEX idx_story_ties_apart ON story_ties (article_id) WHERE kind = 'apart';
CREATE INDEX idx_crawl_sources_arrivals ON crawl_sources (source_id, crawl_id)
WHERE new_headlines > 0
;
CREATE INDEX idx_mementos_due ON mementos (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX idx_mementos_state ON mementos (state);
CREATE INDEX idx_watch_hits_told ON watch_hits (watch_id, told_at) WHERE told_at IS NOT NULL;
CREATE INDEX idx_articles_last_seen ON articles (last_seen);
CREATE VIEW listings AS SELECT articles.id AS article_id,
    
    (SELECT group_concat(title, ' ' || char(57344) || ' ') FROM (
        SELECT title FROM headlines WHERE article_id = articles.id GROUP BY title ORDER BY min(id)
    )) AS listed_titles,
    (SELECT group_concat(publisher, ' ' || char(57344) || ' ') FROM (
        SELECT publisher FROM headlines WHERE article_id = articles.id AND publisher IS NOT NULL
        GROUP BY publisher
        ORDER BY min(published IS NULL), min(published_precision IS 'year'), min(id)
    )) AS listed_publishers,
    (SELECT group_concat(title_characters, ' ' || char(57344) || ' ') FROM (
        SELECT title_characters FROM headlines WHERE article_id = articles.id AND title_characters IS NOT NULL
        GROUP BY title_characters ORDER BY min(id)
    )) AS listed_characters,
    (SELECT group_concat(source_id, ' ') FROM (
        SELECT DISTINCT source_id FROM headlines WHERE article_id = articles.id ORDER BY source_id
    )) AS listed_sources,
    (SELECT published FROM headlines WHERE article_id = articles.id
        ORDER BY published IS NULL, published_precision IS 'year', id LIMIT 1
    ) AS listed_published,
    (SELECT published_precision FROM headlines WHERE article_id = articles.id
        ORDER BY published IS NULL, published_precision IS 'year', id LIMIT 1
    ) AS listed_published_precision

    FROM articles;
CREATE VIEW "news" AS 
        SELECT stories.id AS story_id, articles.id AS article_id, title,
            coalesce(publisher, (SELECT publisher FROM headlines WHERE article_id = articles.id AND publisher IS NOT NULL ORDER BY headlines.id LIMIT 1)) AS publisher,
            coalesce(published, (SELECT published FROM headlines WHERE article_id = articles.id AND published IS NOT NULL ORDER BY headlines.id LIMIT 1)) AS published,
            language, articles.url, first_seen,
            (SELECT count(*) FROM articles WHERE story_id = stories.id) AS members
        FROM stories JOIN articles ON articles.id = lead_id;
CREATE VIEW "duplicates" AS 
        SELECT articles.id AS article_id, articles.title, articles.publisher, articles.published,
            articles.url, articles.story_id, leads.id AS lead_id, leads.publisher AS lead_publisher,
            leads.published AS lead_published, leads.url AS lead_url,
            articles.text_digest = leads.text_digest AS same_text
        FROM articles JOIN stories ON stories.id = articles.story_id
        JOIN articles AS leads ON leads.id = lead_id
        WHERE articles.id <> lead_id;
CREATE VIEW "dead_links" AS 
        SELECT frontier.url, frontier.status, frontier.reason, visited_at AS tried_at,
            headlines.title, headlines.publisher, headlines.published,
            sources.name AS source, headlines.article_id
        FROM frontier LEFT JOIN headlines ON headlines.key = frontier.key
        LEFT JOIN sources ON sources.id = coalesce(headlines.source_id, frontier.source_id)
        WHERE state = 'gone';
CREATE TRIGGER articles_insert AFTER INSERT ON articles BEGIN SELECT raise(ABORT, 'the table articles is full') WHERE new.id >= 268435456; INSERT INTO articles_fts (rowid, text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, marks) VALUES (new.time_order, new.text, new.title, new.byline, new.publisher, new.title_characters, new.text_characters, new.listed_titles, new.listed_publishers, new.listed_characters, new.marks); END;
CREATE TRIGGER articles_delete AFTER DELETE ON articles BEGIN INSERT INTO articles_fts (articles_fts, rowid, text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, marks) VALUES ('delete', old.time_order, old.text, old.title, old.byline, old.publisher, old.title_characters, old.text_characters, old.listed_titles, old.listed_publishers, old.listed_characters, old.marks); END;
CREATE TRIGGER articles_update AFTER UPDATE OF text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision, published, published_precision, language, source_id, hosts ON articles WHEN old.time_order IS NOT new.time_order OR old.text IS NOT new.text OR old.title IS NOT new.title OR old.byline IS NOT new.byline OR old.publisher IS NOT new.publisher OR old.title_characters IS NOT new.title_characters OR old.text_characters IS NOT new.text_characters OR old.listed_titles IS NOT new.listed_titles OR old.listed_publishers IS NOT new.listed_publishers OR old.listed_characters IS NOT new.listed_characters OR old.marks IS NOT new.marks BEGIN INSERT INTO articles_fts (articles_fts, rowid, text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, marks) VALUES ('delete', old.time_order, old.text, old.title, old.byline, old.publisher, old.title_characters, old.text_characters, old.listed_titles, old.listed_publishers, old.listed_characters, old.marks); INSERT INTO articles_fts (rowid, text, title, byline, publisher, title_characters, text_characters, listed_titles, listed_publishers, listed_characters, marks) VALUES (new.time_order, new.text, new.title, new.byline, new.publisher, new.title_characters, new.text_characters, new.listed_titles, new.listed_publishers, new.listed_characters, new.marks); END;
CREATE TRIGGER headlines_insert AFTER INSERT ON headlines BEGIN SELECT raise(ABORT, 'the table headlines is full') WHERE new.id >= 268435456; INSERT INTO headlines_fts (rowid, title, publisher, title_characters, marks) VALUES (new.time_order, new.title, new.publisher, new.title_characters, new.marks); END;
CREATE TRIGGER headlines_delete AFTER DELETE ON headlines BEGIN INSERT INTO headlines_fts (headlines_fts, rowid, title, publisher, title_characters, marks) VALUES ('delete', old.time_order, old.title, old.publisher, old.title_characters, old.marks); END;
CREATE TRIGGER headlines_update AFTER UPDATE OF title, publisher, title_characters, published, published_precision, source_id, article_id, hosts ON headlines WHEN old.time_order IS NOT new.time_order OR old.title IS NOT new.title OR old.publisher IS NOT new.publisher OR old.title_characters IS NOT new.title_characters OR old.marks IS NOT new.marks BEGIN INSERT INTO headlines_fts (headlines_fts, rowid, title, publisher, title_characters, marks) VALUES ('delete', old.time_order, old.title, old.publisher, old.title_characters, old.marks); INSERT INTO headlines_fts (rowid, title, publisher, title_characters, marks) VALUES (new.time_order, new.title, new.publisher, new.title_characters, new.marks); END;
CREATE TRIGGER headlines_insert_listed AFTER INSERT ON headlines
        WHEN new.article_id IS NOT NULL BEGIN
            
    UPDATE articles SET (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) =
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
    WHERE articles.id = new.article_id AND (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) IS NOT
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
;
        END;
CREATE TRIGGER headlines_delete_listed AFTER DELETE ON headlines
        WHEN old.article_id IS NOT NULL BEGIN
            
    UPDATE articles SET (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) =
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
    WHERE articles.id = old.article_id AND (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) IS NOT
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
;
        END;
CREATE TRIGGER headlines_update_listed AFTER UPDATE OF
            article_id, title, title_characters, publisher, published, published_precision,
            source_id
        ON headlines WHEN old.article_id IS NOT NULL OR new.article_id IS NOT NULL BEGIN
            
    UPDATE articles SET (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) =
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
    WHERE articles.id IN (old.article_id, new.article_id) AND (listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision) IS NOT
        (SELECT listed_titles, listed_publishers, listed_characters, listed_sources, listed_published, listed_published_precision FROM listings WHERE listings.article_id = articles.id)
;
        END;
CREATE TRIGGER publishers_insert AFTER INSERT ON publishers BEGIN
        INSERT INTO publishers_fts (rowid, publisher) VALUES (new.id, new.publisher);
    END;
CREATE TRIGGER articles_insert_publisher AFTER INSERT ON articles WHEN new.publisher IS NOT NULL BEGIN INSERT INTO publishers (publisher) SELECT new.publisher WHERE NOT EXISTS (SELECT 1 FROM publishers WHERE publisher = new.publisher); END;
CREATE TRIGGER articles_update_publisher AFTER UPDATE OF publisher ON articles WHEN new.publisher IS NOT NULL BEGIN INSERT INTO publishers (publisher) SELECT new.publisher WHERE NOT EXISTS (SELECT 1 FROM publishers WHERE publisher = new.publisher); END;
CREATE TRIGGER headlines_insert_publisher AFTER INSERT ON headlines WHEN new.publisher IS NOT NULL BEGIN INSERT INTO publishers (publisher) SELECT new.publisher WHERE NOT EXISTS (SELECT 1 FROM publishers WHERE publisher = new.publisher); END;
CREATE TRIGGER headlines_update_publisher AFTER UPDATE OF publisher ON headlines WHEN new.publisher IS NOT NULL BEGIN INSERT INTO publishers (publisher) SELECT new.publisher WHERE NOT EXISTS (SELECT 1 FROM publishers WHERE publisher = new.publisher); END;
CREATE TRIGGER watch_hits_articles AFTER DELETE ON articles BEGIN
        DELETE FROM watch_hits WHERE kind = 'article' AND item_id = old.id;
    END;
CREATE TRIGGER watch_hits_headlines AFTER DELETE ON headlines BEGIN
        DELETE FROM watch_hits WHERE kind = 'headline' AND item_id = old.id;
    END;
