CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.entry (
    room_id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    participant_id text NOT NULL COLLATE pg_catalog."C",
    client_id text COLLATE pg_catalog."C",
    body text NOT NULL,
    edits bigint
);
CREATE TABLE public.media (
    room_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    participant_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL,
    size bigint NOT NULL,
    width bigint,
    height bigint,
    CONSTRAINT media_check CHECK (((width IS NULL) = (height IS NULL)))
);
CREATE TABLE public.owner (
    room_id text NOT NULL COLLATE pg_catalog."C",
    token bytea NOT NULL
);
CREATE TABLE public.participant (
    room_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    name text NOT NULL,
    token bytea NOT NULL,
    inside boolean NOT NULL,
    removed boolean DEFAULT false NOT NULL
);
CREATE TABLE public.pass (
    room_id text NOT NULL COLLATE pg_catalog."C",
    token bytea NOT NULL,
    participant_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL
);
CREATE TABLE public.room (
    id text NOT NULL COLLATE pg_catalog."C",
    store_history boolean NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at bigint,
    end_reason text,
    purged boolean DEFAULT false NOT NULL,
    creator bytea NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    inside bigint DEFAULT 0 NOT NULL,
    admitted bigint DEFAULT 0 NOT NULL,
    media_bytes bigint DEFAULT 0 NOT NULL,
    locked boolean DEFAULT false NOT NULL,
    text_only boolean DEFAULT false NOT NULL,
    extended boolean DEFAULT false NOT NULL,
    creator_id text COLLATE pg_catalog."C",
    text_bytes bigint DEFAULT 0 NOT NULL,
    CONSTRAINT room_check CHECK (((ended_at IS NULL) = (end_reason IS NULL)))
);
INSERT INTO public._sqlx_migrations VALUES (1, 'instant chat', '2026-11-27 10:25:20.318473+00', true, '\x4f456a00b6b18453d217f975db5d0b45ab328b2d823df607ce7bb11238e4c977a558bb584a41d7ea68f0d144bc6a623f', 20480822);
INSERT INTO public._sqlx_migrations VALUES (2, 'instant chat', '2026-11-27 10:25:20.339453+00', true, '\xf63aef8f425a2784862477894430850d33b994580a58b756a5d42b5615c5eb73e94ce65b40bb919a6eb44851c0f6b739', 5623925);
INSERT INTO public._sqlx_migrations VALUES (4, 'instant chat', '2026-11-27 10:25:20.34534+00', true, '\x2f279c3530222d5d60577603964d9c238692ec6480c338e60ae524092936ee7e732faec0f2cd06a7aa79fe34101cb9a9', 4503633);
INSERT INTO public._sqlx_migrations VALUES (5, 'instant chat', '2026-11-27 10:25:20.35049+00', true, '\x6c6bb3e6b4c9927394cc97563c2cb5c9556a510c786f6481f47d6c4672af60d79e582932786be846d0b30858924c1eec', 14123979);
INSERT INTO public._sqlx_migrations VALUES (6, 'instant chat', '2026-11-27 10:25:20.364886+00', true, '\x7463ef984ba7e3b84003ab7c1d6a5ea24a44eb485943677c177ba4224f767a17c4f5cfedc6f83ae7b5f653eddec8515f', 3293116);
INSERT INTO public._sqlx_migrations VALUES (8, 'instant chat', '2026-11-27 10:25:20.368612+00', true, '\x2b2b48df85ef17c66db6da615e5810d74fd71070ad4bc8cf44dbdc23b7664f9555e5ffc2e811759d863ea257abebc547', 6180602);
INSERT INTO public._sqlx_migrations VALUES (9, 'instant chat', '2026-11-27 10:25:20.374987+00', true, '\x8e793d7c93c9e1e6b0eba132a9aa114379e27c1b51cd6740b0afac94322d180a3f027bc310fcaa8e94ba79107fcd410c', 11043648);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 1, 1795775121331, 'joined', 'anon_B4VRAJmxOWrJ', NULL, 'Maya', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 2, 1795775121339, 'joined', 'anon_N-YEHZ-e3Aqf', NULL, 'Ben', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 3, 1795775121357, 'joined', 'anon_DIblLlT_8YdV', NULL, 'Еve אב 😀', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 4, 1795775121384, 'message', 'anon_B4VRAJmxOWrJ', 'm0', '{"kind":"text","v":1,"text":"Hello, \"world\" \\   😀 סלאם"}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 5, 1795775121642, 'message', 'anon_N-YEHZ-e3Aqf', 'm1', '{"kind":"text","v":1,"text":"Hello yourself","replyTo":4}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 8, 1795775121778, 'message', 'anon_N-YEHZ-e3Aqf', 'm4', '{"kind":"edit","v":1,"target":6,"text":"Thursday"}', 6);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 6, 1795775121679, 'message', 'anon_N-YEHZ-e3Aqf', 'm2', '{"kind":"text","v":1,"text":"Thursday","edited":true}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 7, 1795775121715, 'message', 'anon_N-YEHZ-e3Aqf', 'm3', '{"kind":"edit","v":1,"target":6}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 10, 1795775121860, 'message', 'anon_B4VRAJmxOWrJ', 'm6', '{"kind":"edit","v":1,"target":9,"text":"A better answer"}', 9);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 9, 1795775121824, 'message', 'anon_B4VRAJmxOWrJ', 'm5', '{"kind":"text","v":1,"text":"A better answer","replyTo":6,"edited":true}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 13, 1795775121942, 'message', 'anon_N-YEHZ-e3Aqf', 'm9', '{"kind":"reaction","v":1,"target":4,"emoji":"👍","on":true}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 14, 1795775121982, 'message', 'anon_DIblLlT_8YdV', 'm10', '{"kind":"reaction","v":1,"target":4,"emoji":"❤️","on":true}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 15, 1795775122022, 'message', 'anon_N-YEHZ-e3Aqf', 'm11', '{"kind":"reaction","v":1,"target":4,"emoji":"👍","on":false}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 16, 1795775122069, 'message', 'anon_N-YEHZ-e3Aqf', 'm12', '{"kind":"reaction","v":1,"target":11,"emoji":"👀","on":true}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 17, 1795775122099, 'message', 'anon_DIblLlT_8YdV', 'm13', '{"kind":"delete","v":1,"target":11}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 11, 1795775121878, 'message', 'anon_DIblLlT_8YdV', 'm7', '{"kind":"deleted","v":1}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 12, 1795775121903, 'message', 'anon_DIblLlT_8YdV', 'm8', '{"kind":"edit","v":1,"target":11}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 18, 1795775122234, 'message', 'anon_N-YEHZ-e3Aqf', 'm14', '{"kind":"image","v":1,"mediaId":"eT4lnLMSJvS-MyBOgBXuYs","width":4,"height":1,"alt":"Four dots","replyTo":4}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 20, 1795775122392, 'message', 'anon_B4VRAJmxOWrJ', 'm16', '{"kind":"delete","v":1,"target":19}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 19, 1795775122338, 'message', 'anon_B4VRAJmxOWrJ', 'm15', '{"kind":"deleted","v":1}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 21, 1795775122510, 'message', 'anon_B4VRAJmxOWrJ', 'm17', '{"kind":"audio","v":1,"mediaId":"NGCcU63ScBlYvo1xat1eb1","durationMs":400,"waveform":[0,9,31]}', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 22, 1795775122578, 'changed', '', NULL, '[null,{"textOnly":true}]', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 23, 1795775122632, 'changed', '', NULL, '[null,{"locked":true}]', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 24, 1795775122681, 'changed', '', NULL, '[null,{"expiresAt":"2026-11-28T15:25:21.307Z"}]', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 25, 1795775122738, 'removed', 'anon_DIblLlT_8YdV', NULL, 'Еve אב 😀', NULL);
INSERT INTO public.entry VALUES ('PBNhnfmlkeqH', 26, 1795775122753, 'message', 'anon_B4VRAJmxOWrJ', 'm18', '{"kind":"text","v":1,"text":"The last word"}', NULL);
INSERT INTO public.entry VALUES ('qlift5jOOjMn', 1, 1795775122763, 'joined', 'anon_BSY3_InC13oa', NULL, 'Maya', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 1, 1795775122793, 'joined', 'anon_2PTUfpOIg6L2', NULL, 'Maya', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 2, 1795775122807, 'message', 'anon_2PTUfpOIg6L2', 'm19', '{"kind":"text","v":1,"text":"Line 0"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 3, 1795775122821, 'message', 'anon_2PTUfpOIg6L2', 'm20', '{"kind":"text","v":1,"text":"Line 1"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 4, 1795775122862, 'message', 'anon_2PTUfpOIg6L2', 'm21', '{"kind":"text","v":1,"text":"Line 2"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 5, 1795775122905, 'message', 'anon_2PTUfpOIg6L2', 'm22', '{"kind":"text","v":1,"text":"Line 3"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 6, 1795775122924, 'message', 'anon_2PTUfpOIg6L2', 'm23', '{"kind":"text","v":1,"text":"Line 4"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 7, 1795775122943, 'message', 'anon_2PTUfpOIg6L2', 'm24', '{"kind":"text","v":1,"text":"Line 5"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 8, 1795775122978, 'message', 'anon_2PTUfpOIg6L2', 'm25', '{"kind":"text","v":1,"text":"Line 6","replyTo":6}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 9, 1795775123001, 'message', 'anon_2PTUfpOIg6L2', 'm26', '{"kind":"text","v":1,"text":"Line 7"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 10, 1795775123017, 'message', 'anon_2PTUfpOIg6L2', 'm27', '{"kind":"text","v":1,"text":"Line 8"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 11, 1795775123050, 'message', 'anon_2PTUfpOIg6L2', 'm28', '{"kind":"text","v":1,"text":"Line 9"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 12, 1795775123107, 'message', 'anon_2PTUfpOIg6L2', 'm29', '{"kind":"text","v":1,"text":"Line 10"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 13, 1795775123114, 'message', 'anon_2PTUfpOIg6L2', 'm30', '{"kind":"text","v":1,"text":"Line 11"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 14, 1795775123147, 'message', 'anon_2PTUfpOIg6L2', 'm31', '{"kind":"text","v":1,"text":"Line 12"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 15, 1795775123222, 'message', 'anon_2PTUfpOIg6L2', 'm32', '{"kind":"text","v":1,"text":"Line 13","replyTo":13}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 16, 1795775123245, 'message', 'anon_2PTUfpOIg6L2', 'm33', '{"kind":"text","v":1,"text":"Line 14"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 17, 1795775123256, 'message', 'anon_2PTUfpOIg6L2', 'm34', '{"kind":"text","v":1,"text":"Line 15"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 18, 1795775123275, 'message', 'anon_2PTUfpOIg6L2', 'm35', '{"kind":"text","v":1,"text":"Line 16"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 19, 1795775123286, 'message', 'anon_2PTUfpOIg6L2', 'm36', '{"kind":"text","v":1,"text":"Line 17"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 20, 1795775123302, 'message', 'anon_2PTUfpOIg6L2', 'm37', '{"kind":"text","v":1,"text":"Line 18"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 21, 1795775123329, 'message', 'anon_2PTUfpOIg6L2', 'm38', '{"kind":"text","v":1,"text":"Line 19"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 22, 1795775123366, 'message', 'anon_2PTUfpOIg6L2', 'm39', '{"kind":"text","v":1,"text":"Line 20","replyTo":20}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 23, 1795775123379, 'message', 'anon_2PTUfpOIg6L2', 'm40', '{"kind":"text","v":1,"text":"Line 21"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 24, 1795775123385, 'message', 'anon_2PTUfpOIg6L2', 'm41', '{"kind":"text","v":1,"text":"Line 22"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 25, 1795775123414, 'message', 'anon_2PTUfpOIg6L2', 'm42', '{"kind":"text","v":1,"text":"Line 23"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 26, 1795775123431, 'message', 'anon_2PTUfpOIg6L2', 'm43', '{"kind":"text","v":1,"text":"Line 24"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 27, 1795775123458, 'message', 'anon_2PTUfpOIg6L2', 'm44', '{"kind":"text","v":1,"text":"Line 25"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 28, 1795775123479, 'message', 'anon_2PTUfpOIg6L2', 'm45', '{"kind":"text","v":1,"text":"Line 26"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 29, 1795775123506, 'message', 'anon_2PTUfpOIg6L2', 'm46', '{"kind":"text","v":1,"text":"Line 27","replyTo":27}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 30, 1795775123524, 'message', 'anon_2PTUfpOIg6L2', 'm47', '{"kind":"text","v":1,"text":"Line 28"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 31, 1795775123551, 'message', 'anon_2PTUfpOIg6L2', 'm48', '{"kind":"text","v":1,"text":"Line 29"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 32, 1795775123579, 'message', 'anon_2PTUfpOIg6L2', 'm49', '{"kind":"text","v":1,"text":"Line 30"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 33, 1795775123638, 'message', 'anon_2PTUfpOIg6L2', 'm50', '{"kind":"text","v":1,"text":"Line 31"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 34, 1795775123661, 'message', 'anon_2PTUfpOIg6L2', 'm51', '{"kind":"text","v":1,"text":"Line 32"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 35, 1795775123674, 'message', 'anon_2PTUfpOIg6L2', 'm52', '{"kind":"text","v":1,"text":"Line 33"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 36, 1795775123714, 'message', 'anon_2PTUfpOIg6L2', 'm53', '{"kind":"text","v":1,"text":"Line 34","replyTo":34}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 37, 1795775123727, 'message', 'anon_2PTUfpOIg6L2', 'm54', '{"kind":"text","v":1,"text":"Line 35"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 38, 1795775123735, 'message', 'anon_2PTUfpOIg6L2', 'm55', '{"kind":"text","v":1,"text":"Line 36"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 39, 1795775123752, 'message', 'anon_2PTUfpOIg6L2', 'm56', '{"kind":"text","v":1,"text":"Line 37"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 40, 1795775123765, 'message', 'anon_2PTUfpOIg6L2', 'm57', '{"kind":"text","v":1,"text":"Line 38"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 41, 1795775123790, 'message', 'anon_2PTUfpOIg6L2', 'm58', '{"kind":"text","v":1,"text":"Line 39"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 42, 1795775123854, 'message', 'anon_2PTUfpOIg6L2', 'm59', '{"kind":"text","v":1,"text":"Line 40"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 43, 1795775123879, 'message', 'anon_2PTUfpOIg6L2', 'm60', '{"kind":"text","v":1,"text":"Line 41","replyTo":41}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 44, 1795775123903, 'message', 'anon_2PTUfpOIg6L2', 'm61', '{"kind":"text","v":1,"text":"Line 42"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 45, 1795775123921, 'message', 'anon_2PTUfpOIg6L2', 'm62', '{"kind":"text","v":1,"text":"Line 43"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 46, 1795775123941, 'message', 'anon_2PTUfpOIg6L2', 'm63', '{"kind":"text","v":1,"text":"Line 44"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 47, 1795775123974, 'message', 'anon_2PTUfpOIg6L2', 'm64', '{"kind":"text","v":1,"text":"Line 45"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 48, 1795775124007, 'message', 'anon_2PTUfpOIg6L2', 'm65', '{"kind":"text","v":1,"text":"Line 46"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 49, 1795775124015, 'message', 'anon_2PTUfpOIg6L2', 'm66', '{"kind":"text","v":1,"text":"Line 47"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 50, 1795775124046, 'message', 'anon_2PTUfpOIg6L2', 'm67', '{"kind":"text","v":1,"text":"Line 48","replyTo":48}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 51, 1795775124087, 'message', 'anon_2PTUfpOIg6L2', 'm68', '{"kind":"text","v":1,"text":"Line 49"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 52, 1795775124123, 'message', 'anon_2PTUfpOIg6L2', 'm69', '{"kind":"text","v":1,"text":"Line 50"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 53, 1795775124139, 'message', 'anon_2PTUfpOIg6L2', 'm70', '{"kind":"text","v":1,"text":"Line 51"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 54, 1795775124151, 'message', 'anon_2PTUfpOIg6L2', 'm71', '{"kind":"text","v":1,"text":"Line 52"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 55, 1795775124183, 'message', 'anon_2PTUfpOIg6L2', 'm72', '{"kind":"text","v":1,"text":"Line 53"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 56, 1795775124202, 'message', 'anon_2PTUfpOIg6L2', 'm73', '{"kind":"text","v":1,"text":"Line 54"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 57, 1795775124209, 'message', 'anon_2PTUfpOIg6L2', 'm74', '{"kind":"text","v":1,"text":"Line 55","replyTo":55}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 58, 1795775124214, 'message', 'anon_2PTUfpOIg6L2', 'm75', '{"kind":"text","v":1,"text":"Line 56"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 59, 1795775124238, 'message', 'anon_2PTUfpOIg6L2', 'm76', '{"kind":"text","v":1,"text":"Line 57"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 60, 1795775124250, 'message', 'anon_2PTUfpOIg6L2', 'm77', '{"kind":"text","v":1,"text":"Line 58"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 61, 1795775124256, 'message', 'anon_2PTUfpOIg6L2', 'm78', '{"kind":"text","v":1,"text":"Line 59"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 62, 1795775124266, 'message', 'anon_2PTUfpOIg6L2', 'm79', '{"kind":"text","v":1,"text":"Line 60"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 63, 1795775124279, 'message', 'anon_2PTUfpOIg6L2', 'm80', '{"kind":"text","v":1,"text":"Line 61"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 64, 1795775124334, 'message', 'anon_2PTUfpOIg6L2', 'm81', '{"kind":"text","v":1,"text":"Line 62","replyTo":62}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 65, 1795775124373, 'message', 'anon_2PTUfpOIg6L2', 'm82', '{"kind":"text","v":1,"text":"Line 63"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 66, 1795775124395, 'message', 'anon_2PTUfpOIg6L2', 'm83', '{"kind":"text","v":1,"text":"Line 64"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 67, 1795775124406, 'message', 'anon_2PTUfpOIg6L2', 'm84', '{"kind":"text","v":1,"text":"Line 65"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 68, 1795775124434, 'message', 'anon_2PTUfpOIg6L2', 'm85', '{"kind":"text","v":1,"text":"Line 66"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 69, 1795775124455, 'message', 'anon_2PTUfpOIg6L2', 'm86', '{"kind":"text","v":1,"text":"Line 67"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 70, 1795775124469, 'message', 'anon_2PTUfpOIg6L2', 'm87', '{"kind":"text","v":1,"text":"Line 68"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 71, 1795775124484, 'message', 'anon_2PTUfpOIg6L2', 'm88', '{"kind":"text","v":1,"text":"Line 69","replyTo":69}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 72, 1795775124506, 'message', 'anon_2PTUfpOIg6L2', 'm89', '{"kind":"text","v":1,"text":"Line 70"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 73, 1795775124524, 'message', 'anon_2PTUfpOIg6L2', 'm90', '{"kind":"text","v":1,"text":"Line 71"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 74, 1795775124558, 'message', 'anon_2PTUfpOIg6L2', 'm91', '{"kind":"text","v":1,"text":"Line 72"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 75, 1795775124576, 'message', 'anon_2PTUfpOIg6L2', 'm92', '{"kind":"text","v":1,"text":"Line 73"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 76, 1795775124592, 'message', 'anon_2PTUfpOIg6L2', 'm93', '{"kind":"text","v":1,"text":"Line 74"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 77, 1795775124626, 'message', 'anon_2PTUfpOIg6L2', 'm94', '{"kind":"text","v":1,"text":"Line 75"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 78, 1795775124666, 'message', 'anon_2PTUfpOIg6L2', 'm95', '{"kind":"text","v":1,"text":"Line 76","replyTo":76}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 79, 1795775124679, 'message', 'anon_2PTUfpOIg6L2', 'm96', '{"kind":"text","v":1,"text":"Line 77"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 80, 1795775124706, 'message', 'anon_2PTUfpOIg6L2', 'm97', '{"kind":"text","v":1,"text":"Line 78"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 81, 1795775124729, 'message', 'anon_2PTUfpOIg6L2', 'm98', '{"kind":"text","v":1,"text":"Line 79"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 82, 1795775124734, 'message', 'anon_2PTUfpOIg6L2', 'm99', '{"kind":"text","v":1,"text":"Line 80"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 83, 1795775124750, 'message', 'anon_2PTUfpOIg6L2', 'm100', '{"kind":"text","v":1,"text":"Line 81"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 84, 1795775124765, 'message', 'anon_2PTUfpOIg6L2', 'm101', '{"kind":"text","v":1,"text":"Line 82"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 85, 1795775124798, 'message', 'anon_2PTUfpOIg6L2', 'm102', '{"kind":"text","v":1,"text":"Line 83","replyTo":83}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 86, 1795775124813, 'message', 'anon_2PTUfpOIg6L2', 'm103', '{"kind":"text","v":1,"text":"Line 84"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 87, 1795775124839, 'message', 'anon_2PTUfpOIg6L2', 'm104', '{"kind":"text","v":1,"text":"Line 85"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 88, 1795775124900, 'message', 'anon_2PTUfpOIg6L2', 'm105', '{"kind":"text","v":1,"text":"Line 86"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 89, 1795775124914, 'message', 'anon_2PTUfpOIg6L2', 'm106', '{"kind":"text","v":1,"text":"Line 87"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 90, 1795775124939, 'message', 'anon_2PTUfpOIg6L2', 'm107', '{"kind":"text","v":1,"text":"Line 88"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 91, 1795775124946, 'message', 'anon_2PTUfpOIg6L2', 'm108', '{"kind":"text","v":1,"text":"Line 89"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 92, 1795775124954, 'message', 'anon_2PTUfpOIg6L2', 'm109', '{"kind":"text","v":1,"text":"Line 90","replyTo":90}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 93, 1795775124961, 'message', 'anon_2PTUfpOIg6L2', 'm110', '{"kind":"text","v":1,"text":"Line 91"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 94, 1795775124982, 'message', 'anon_2PTUfpOIg6L2', 'm111', '{"kind":"text","v":1,"text":"Line 92"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 95, 1795775124999, 'message', 'anon_2PTUfpOIg6L2', 'm112', '{"kind":"text","v":1,"text":"Line 93"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 96, 1795775125005, 'message', 'anon_2PTUfpOIg6L2', 'm113', '{"kind":"text","v":1,"text":"Line 94"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 97, 1795775125020, 'message', 'anon_2PTUfpOIg6L2', 'm114', '{"kind":"text","v":1,"text":"Line 95"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 98, 1795775125034, 'message', 'anon_2PTUfpOIg6L2', 'm115', '{"kind":"text","v":1,"text":"Line 96"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 99, 1795775125069, 'message', 'anon_2PTUfpOIg6L2', 'm116', '{"kind":"text","v":1,"text":"Line 97","replyTo":97}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 100, 1795775125164, 'message', 'anon_2PTUfpOIg6L2', 'm117', '{"kind":"text","v":1,"text":"Line 98"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 101, 1795775125180, 'message', 'anon_2PTUfpOIg6L2', 'm118', '{"kind":"text","v":1,"text":"Line 99"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 102, 1795775125263, 'message', 'anon_2PTUfpOIg6L2', 'm119', '{"kind":"text","v":1,"text":"Line 100"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 103, 1795775125275, 'message', 'anon_2PTUfpOIg6L2', 'm120', '{"kind":"text","v":1,"text":"Line 101"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 104, 1795775125295, 'message', 'anon_2PTUfpOIg6L2', 'm121', '{"kind":"text","v":1,"text":"Line 102"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 105, 1795775125315, 'message', 'anon_2PTUfpOIg6L2', 'm122', '{"kind":"text","v":1,"text":"Line 103"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 106, 1795775125331, 'message', 'anon_2PTUfpOIg6L2', 'm123', '{"kind":"text","v":1,"text":"Line 104","replyTo":104}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 107, 1795775125382, 'message', 'anon_2PTUfpOIg6L2', 'm124', '{"kind":"text","v":1,"text":"Line 105"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 108, 1795775125414, 'message', 'anon_2PTUfpOIg6L2', 'm125', '{"kind":"text","v":1,"text":"Line 106"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 109, 1795775125441, 'message', 'anon_2PTUfpOIg6L2', 'm126', '{"kind":"text","v":1,"text":"Line 107"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 110, 1795775125459, 'message', 'anon_2PTUfpOIg6L2', 'm127', '{"kind":"text","v":1,"text":"Line 108"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 111, 1795775125486, 'message', 'anon_2PTUfpOIg6L2', 'm128', '{"kind":"text","v":1,"text":"Line 109"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 112, 1795775125518, 'message', 'anon_2PTUfpOIg6L2', 'm129', '{"kind":"text","v":1,"text":"Line 110"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 113, 1795775125542, 'message', 'anon_2PTUfpOIg6L2', 'm130', '{"kind":"text","v":1,"text":"Line 111","replyTo":111}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 114, 1795775125578, 'message', 'anon_2PTUfpOIg6L2', 'm131', '{"kind":"text","v":1,"text":"Line 112"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 115, 1795775125590, 'message', 'anon_2PTUfpOIg6L2', 'm132', '{"kind":"text","v":1,"text":"Line 113"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 116, 1795775125606, 'message', 'anon_2PTUfpOIg6L2', 'm133', '{"kind":"text","v":1,"text":"Line 114"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 117, 1795775125642, 'message', 'anon_2PTUfpOIg6L2', 'm134', '{"kind":"text","v":1,"text":"Line 115"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 118, 1795775125651, 'message', 'anon_2PTUfpOIg6L2', 'm135', '{"kind":"text","v":1,"text":"Line 116"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 119, 1795775125655, 'message', 'anon_2PTUfpOIg6L2', 'm136', '{"kind":"text","v":1,"text":"Line 117"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 120, 1795775125662, 'message', 'anon_2PTUfpOIg6L2', 'm137', '{"kind":"text","v":1,"text":"Line 118","replyTo":118}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 121, 1795775125666, 'message', 'anon_2PTUfpOIg6L2', 'm138', '{"kind":"text","v":1,"text":"Line 119"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 122, 1795775125674, 'message', 'anon_2PTUfpOIg6L2', 'm139', '{"kind":"text","v":1,"text":"Line 120"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 123, 1795775125679, 'message', 'anon_2PTUfpOIg6L2', 'm140', '{"kind":"text","v":1,"text":"Line 121"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 124, 1795775125683, 'message', 'anon_2PTUfpOIg6L2', 'm141', '{"kind":"text","v":1,"text":"Line 122"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 125, 1795775125692, 'message', 'anon_2PTUfpOIg6L2', 'm142', '{"kind":"text","v":1,"text":"Line 123"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 126, 1795775125706, 'message', 'anon_2PTUfpOIg6L2', 'm143', '{"kind":"text","v":1,"text":"Line 124"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 127, 1795775125751, 'message', 'anon_2PTUfpOIg6L2', 'm144', '{"kind":"text","v":1,"text":"Line 125","replyTo":125}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 128, 1795775125769, 'message', 'anon_2PTUfpOIg6L2', 'm145', '{"kind":"text","v":1,"text":"Line 126"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 129, 1795775125794, 'message', 'anon_2PTUfpOIg6L2', 'm146', '{"kind":"text","v":1,"text":"Line 127"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 130, 1795775125832, 'message', 'anon_2PTUfpOIg6L2', 'm147', '{"kind":"text","v":1,"text":"Line 128"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 131, 1795775125861, 'message', 'anon_2PTUfpOIg6L2', 'm148', '{"kind":"text","v":1,"text":"Line 129"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 132, 1795775125965, 'message', 'anon_2PTUfpOIg6L2', 'm149', '{"kind":"text","v":1,"text":"Line 130"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 133, 1795775126004, 'message', 'anon_2PTUfpOIg6L2', 'm150', '{"kind":"text","v":1,"text":"Line 131"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 134, 1795775126023, 'message', 'anon_2PTUfpOIg6L2', 'm151', '{"kind":"text","v":1,"text":"Line 132","replyTo":132}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 135, 1795775126066, 'message', 'anon_2PTUfpOIg6L2', 'm152', '{"kind":"text","v":1,"text":"Line 133"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 136, 1795775126110, 'message', 'anon_2PTUfpOIg6L2', 'm153', '{"kind":"text","v":1,"text":"Line 134"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 137, 1795775126146, 'message', 'anon_2PTUfpOIg6L2', 'm154', '{"kind":"text","v":1,"text":"Line 135"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 138, 1795775126171, 'message', 'anon_2PTUfpOIg6L2', 'm155', '{"kind":"text","v":1,"text":"Line 136"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 139, 1795775126197, 'message', 'anon_2PTUfpOIg6L2', 'm156', '{"kind":"text","v":1,"text":"Line 137"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 140, 1795775126258, 'message', 'anon_2PTUfpOIg6L2', 'm157', '{"kind":"text","v":1,"text":"Line 138"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 141, 1795775126524, 'message', 'anon_2PTUfpOIg6L2', 'm158', '{"kind":"text","v":1,"text":"Line 139","replyTo":139}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 142, 1795775126544, 'message', 'anon_2PTUfpOIg6L2', 'm159', '{"kind":"text","v":1,"text":"Line 140"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 143, 1795775126573, 'message', 'anon_2PTUfpOIg6L2', 'm160', '{"kind":"text","v":1,"text":"Line 141"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 144, 1795775126610, 'message', 'anon_2PTUfpOIg6L2', 'm161', '{"kind":"text","v":1,"text":"Line 142"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 145, 1795775126623, 'message', 'anon_2PTUfpOIg6L2', 'm162', '{"kind":"text","v":1,"text":"Line 143"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 146, 1795775126650, 'message', 'anon_2PTUfpOIg6L2', 'm163', '{"kind":"text","v":1,"text":"Line 144"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 147, 1795775126664, 'message', 'anon_2PTUfpOIg6L2', 'm164', '{"kind":"text","v":1,"text":"Line 145"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 148, 1795775126686, 'message', 'anon_2PTUfpOIg6L2', 'm165', '{"kind":"text","v":1,"text":"Line 146","replyTo":146}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 149, 1795775126714, 'message', 'anon_2PTUfpOIg6L2', 'm166', '{"kind":"text","v":1,"text":"Line 147"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 150, 1795775126751, 'message', 'anon_2PTUfpOIg6L2', 'm167', '{"kind":"text","v":1,"text":"Line 148"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 151, 1795775126776, 'message', 'anon_2PTUfpOIg6L2', 'm168', '{"kind":"text","v":1,"text":"Line 149"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 152, 1795775126810, 'message', 'anon_2PTUfpOIg6L2', 'm169', '{"kind":"text","v":1,"text":"Line 150"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 153, 1795775126834, 'message', 'anon_2PTUfpOIg6L2', 'm170', '{"kind":"text","v":1,"text":"Line 151"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 154, 1795775126850, 'message', 'anon_2PTUfpOIg6L2', 'm171', '{"kind":"text","v":1,"text":"Line 152"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 155, 1795775126874, 'message', 'anon_2PTUfpOIg6L2', 'm172', '{"kind":"text","v":1,"text":"Line 153","replyTo":153}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 156, 1795775126906, 'message', 'anon_2PTUfpOIg6L2', 'm173', '{"kind":"text","v":1,"text":"Line 154"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 157, 1795775126930, 'message', 'anon_2PTUfpOIg6L2', 'm174', '{"kind":"text","v":1,"text":"Line 155"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 158, 1795775126957, 'message', 'anon_2PTUfpOIg6L2', 'm175', '{"kind":"text","v":1,"text":"Line 156"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 159, 1795775126986, 'message', 'anon_2PTUfpOIg6L2', 'm176', '{"kind":"text","v":1,"text":"Line 157"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 160, 1795775127015, 'message', 'anon_2PTUfpOIg6L2', 'm177', '{"kind":"text","v":1,"text":"Line 158"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 161, 1795775127034, 'message', 'anon_2PTUfpOIg6L2', 'm178', '{"kind":"text","v":1,"text":"Line 159"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 162, 1795775127050, 'message', 'anon_2PTUfpOIg6L2', 'm179', '{"kind":"text","v":1,"text":"Line 160","replyTo":160}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 163, 1795775127074, 'message', 'anon_2PTUfpOIg6L2', 'm180', '{"kind":"text","v":1,"text":"Line 161"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 164, 1795775127083, 'message', 'anon_2PTUfpOIg6L2', 'm181', '{"kind":"text","v":1,"text":"Line 162"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 165, 1795775127097, 'message', 'anon_2PTUfpOIg6L2', 'm182', '{"kind":"text","v":1,"text":"Line 163"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 166, 1795775127122, 'message', 'anon_2PTUfpOIg6L2', 'm183', '{"kind":"text","v":1,"text":"Line 164"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 167, 1795775127147, 'message', 'anon_2PTUfpOIg6L2', 'm184', '{"kind":"text","v":1,"text":"Line 165"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 168, 1795775127178, 'message', 'anon_2PTUfpOIg6L2', 'm185', '{"kind":"text","v":1,"text":"Line 166"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 169, 1795775127207, 'message', 'anon_2PTUfpOIg6L2', 'm186', '{"kind":"text","v":1,"text":"Line 167","replyTo":167}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 170, 1795775127222, 'message', 'anon_2PTUfpOIg6L2', 'm187', '{"kind":"text","v":1,"text":"Line 168"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 171, 1795775127258, 'message', 'anon_2PTUfpOIg6L2', 'm188', '{"kind":"text","v":1,"text":"Line 169"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 172, 1795775127291, 'message', 'anon_2PTUfpOIg6L2', 'm189', '{"kind":"text","v":1,"text":"Line 170"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 173, 1795775127326, 'message', 'anon_2PTUfpOIg6L2', 'm190', '{"kind":"text","v":1,"text":"Line 171"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 174, 1795775127346, 'message', 'anon_2PTUfpOIg6L2', 'm191', '{"kind":"text","v":1,"text":"Line 172"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 175, 1795775127386, 'message', 'anon_2PTUfpOIg6L2', 'm192', '{"kind":"text","v":1,"text":"Line 173"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 176, 1795775127422, 'message', 'anon_2PTUfpOIg6L2', 'm193', '{"kind":"text","v":1,"text":"Line 174","replyTo":174}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 177, 1795775127450, 'message', 'anon_2PTUfpOIg6L2', 'm194', '{"kind":"text","v":1,"text":"Line 175"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 178, 1795775127494, 'message', 'anon_2PTUfpOIg6L2', 'm195', '{"kind":"text","v":1,"text":"Line 176"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 179, 1795775127522, 'message', 'anon_2PTUfpOIg6L2', 'm196', '{"kind":"text","v":1,"text":"Line 177"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 180, 1795775127546, 'message', 'anon_2PTUfpOIg6L2', 'm197', '{"kind":"text","v":1,"text":"Line 178"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 181, 1795775127590, 'message', 'anon_2PTUfpOIg6L2', 'm198', '{"kind":"text","v":1,"text":"Line 179"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 182, 1795775127630, 'message', 'anon_2PTUfpOIg6L2', 'm199', '{"kind":"text","v":1,"text":"Line 180"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 183, 1795775127666, 'message', 'anon_2PTUfpOIg6L2', 'm200', '{"kind":"text","v":1,"text":"Line 181","replyTo":181}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 184, 1795775127694, 'message', 'anon_2PTUfpOIg6L2', 'm201', '{"kind":"text","v":1,"text":"Line 182"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 185, 1795775127718, 'message', 'anon_2PTUfpOIg6L2', 'm202', '{"kind":"text","v":1,"text":"Line 183"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 186, 1795775127754, 'message', 'anon_2PTUfpOIg6L2', 'm203', '{"kind":"text","v":1,"text":"Line 184"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 187, 1795775127777, 'message', 'anon_2PTUfpOIg6L2', 'm204', '{"kind":"text","v":1,"text":"Line 185"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 188, 1795775127818, 'message', 'anon_2PTUfpOIg6L2', 'm205', '{"kind":"text","v":1,"text":"Line 186"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 189, 1795775127846, 'message', 'anon_2PTUfpOIg6L2', 'm206', '{"kind":"text","v":1,"text":"Line 187"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 190, 1795775127877, 'message', 'anon_2PTUfpOIg6L2', 'm207', '{"kind":"text","v":1,"text":"Line 188","replyTo":188}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 191, 1795775127909, 'message', 'anon_2PTUfpOIg6L2', 'm208', '{"kind":"text","v":1,"text":"Line 189"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 192, 1795775127922, 'message', 'anon_2PTUfpOIg6L2', 'm209', '{"kind":"text","v":1,"text":"Line 190"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 193, 1795775127954, 'message', 'anon_2PTUfpOIg6L2', 'm210', '{"kind":"text","v":1,"text":"Line 191"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 194, 1795775127977, 'message', 'anon_2PTUfpOIg6L2', 'm211', '{"kind":"text","v":1,"text":"Line 192"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 195, 1795775128010, 'message', 'anon_2PTUfpOIg6L2', 'm212', '{"kind":"text","v":1,"text":"Line 193"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 196, 1795775128030, 'message', 'anon_2PTUfpOIg6L2', 'm213', '{"kind":"text","v":1,"text":"Line 194"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 197, 1795775128063, 'message', 'anon_2PTUfpOIg6L2', 'm214', '{"kind":"text","v":1,"text":"Line 195","replyTo":195}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 198, 1795775128082, 'message', 'anon_2PTUfpOIg6L2', 'm215', '{"kind":"text","v":1,"text":"Line 196"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 199, 1795775128118, 'message', 'anon_2PTUfpOIg6L2', 'm216', '{"kind":"text","v":1,"text":"Line 197"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 200, 1795775128146, 'message', 'anon_2PTUfpOIg6L2', 'm217', '{"kind":"text","v":1,"text":"Line 198"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 201, 1795775128174, 'message', 'anon_2PTUfpOIg6L2', 'm218', '{"kind":"text","v":1,"text":"Line 199"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 202, 1795775128214, 'message', 'anon_2PTUfpOIg6L2', 'm219', '{"kind":"text","v":1,"text":"Line 200"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 203, 1795775128233, 'message', 'anon_2PTUfpOIg6L2', 'm220', '{"kind":"text","v":1,"text":"Line 201"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 204, 1795775128269, 'message', 'anon_2PTUfpOIg6L2', 'm221', '{"kind":"text","v":1,"text":"Line 202","replyTo":202}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 205, 1795775128318, 'message', 'anon_2PTUfpOIg6L2', 'm222', '{"kind":"text","v":1,"text":"Line 203"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 206, 1795775128343, 'message', 'anon_2PTUfpOIg6L2', 'm223', '{"kind":"text","v":1,"text":"Line 204"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 207, 1795775128370, 'message', 'anon_2PTUfpOIg6L2', 'm224', '{"kind":"text","v":1,"text":"Line 205"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 208, 1795775128398, 'message', 'anon_2PTUfpOIg6L2', 'm225', '{"kind":"text","v":1,"text":"Line 206"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 209, 1795775128442, 'message', 'anon_2PTUfpOIg6L2', 'm226', '{"kind":"text","v":1,"text":"Line 207"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 210, 1795775128475, 'message', 'anon_2PTUfpOIg6L2', 'm227', '{"kind":"text","v":1,"text":"Line 208"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 211, 1795775128514, 'message', 'anon_2PTUfpOIg6L2', 'm228', '{"kind":"text","v":1,"text":"Line 209","replyTo":209}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 212, 1795775128550, 'message', 'anon_2PTUfpOIg6L2', 'm229', '{"kind":"text","v":1,"text":"Line 210"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 213, 1795775128570, 'message', 'anon_2PTUfpOIg6L2', 'm230', '{"kind":"text","v":1,"text":"Line 211"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 214, 1795775128575, 'message', 'anon_2PTUfpOIg6L2', 'm231', '{"kind":"text","v":1,"text":"Line 212"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 215, 1795775128580, 'message', 'anon_2PTUfpOIg6L2', 'm232', '{"kind":"text","v":1,"text":"Line 213"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 216, 1795775128591, 'message', 'anon_2PTUfpOIg6L2', 'm233', '{"kind":"text","v":1,"text":"Line 214"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 217, 1795775128607, 'message', 'anon_2PTUfpOIg6L2', 'm234', '{"kind":"text","v":1,"text":"Line 215"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 218, 1795775128614, 'message', 'anon_2PTUfpOIg6L2', 'm235', '{"kind":"text","v":1,"text":"Line 216","replyTo":216}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 219, 1795775128623, 'message', 'anon_2PTUfpOIg6L2', 'm236', '{"kind":"text","v":1,"text":"Line 217"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 220, 1795775128634, 'message', 'anon_2PTUfpOIg6L2', 'm237', '{"kind":"text","v":1,"text":"Line 218"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 221, 1795775128647, 'message', 'anon_2PTUfpOIg6L2', 'm238', '{"kind":"text","v":1,"text":"Line 219"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 222, 1795775128655, 'message', 'anon_2PTUfpOIg6L2', 'm239', '{"kind":"text","v":1,"text":"Line 220"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 223, 1795775128659, 'message', 'anon_2PTUfpOIg6L2', 'm240', '{"kind":"text","v":1,"text":"Line 221"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 224, 1795775128706, 'message', 'anon_2PTUfpOIg6L2', 'm241', '{"kind":"text","v":1,"text":"Line 222"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 225, 1795775128729, 'message', 'anon_2PTUfpOIg6L2', 'm242', '{"kind":"text","v":1,"text":"Line 223","replyTo":223}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 226, 1795775128742, 'message', 'anon_2PTUfpOIg6L2', 'm243', '{"kind":"text","v":1,"text":"Line 224"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 227, 1795775128770, 'message', 'anon_2PTUfpOIg6L2', 'm244', '{"kind":"text","v":1,"text":"Line 225"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 228, 1795775128810, 'message', 'anon_2PTUfpOIg6L2', 'm245', '{"kind":"text","v":1,"text":"Line 226"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 229, 1795775128855, 'message', 'anon_2PTUfpOIg6L2', 'm246', '{"kind":"text","v":1,"text":"Line 227"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 230, 1795775128891, 'message', 'anon_2PTUfpOIg6L2', 'm247', '{"kind":"text","v":1,"text":"Line 228"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 231, 1795775128938, 'message', 'anon_2PTUfpOIg6L2', 'm248', '{"kind":"text","v":1,"text":"Line 229"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 232, 1795775128974, 'message', 'anon_2PTUfpOIg6L2', 'm249', '{"kind":"text","v":1,"text":"Line 230","replyTo":230}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 233, 1795775128993, 'message', 'anon_2PTUfpOIg6L2', 'm250', '{"kind":"text","v":1,"text":"Line 231"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 234, 1795775129002, 'message', 'anon_2PTUfpOIg6L2', 'm251', '{"kind":"text","v":1,"text":"Line 232"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 235, 1795775129011, 'message', 'anon_2PTUfpOIg6L2', 'm252', '{"kind":"text","v":1,"text":"Line 233"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 236, 1795775129035, 'message', 'anon_2PTUfpOIg6L2', 'm253', '{"kind":"text","v":1,"text":"Line 234"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 237, 1795775129063, 'message', 'anon_2PTUfpOIg6L2', 'm254', '{"kind":"text","v":1,"text":"Line 235"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 238, 1795775129074, 'message', 'anon_2PTUfpOIg6L2', 'm255', '{"kind":"text","v":1,"text":"Line 236"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 239, 1795775129085, 'message', 'anon_2PTUfpOIg6L2', 'm256', '{"kind":"text","v":1,"text":"Line 237","replyTo":237}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 240, 1795775129091, 'message', 'anon_2PTUfpOIg6L2', 'm257', '{"kind":"text","v":1,"text":"Line 238"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 241, 1795775129127, 'message', 'anon_2PTUfpOIg6L2', 'm258', '{"kind":"text","v":1,"text":"Line 239"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 242, 1795775129162, 'message', 'anon_2PTUfpOIg6L2', 'm259', '{"kind":"text","v":1,"text":"Line 240"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 243, 1795775129186, 'message', 'anon_2PTUfpOIg6L2', 'm260', '{"kind":"text","v":1,"text":"Line 241"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 244, 1795775129210, 'message', 'anon_2PTUfpOIg6L2', 'm261', '{"kind":"text","v":1,"text":"Line 242"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 245, 1795775129239, 'message', 'anon_2PTUfpOIg6L2', 'm262', '{"kind":"text","v":1,"text":"Line 243"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 246, 1795775129263, 'message', 'anon_2PTUfpOIg6L2', 'm263', '{"kind":"text","v":1,"text":"Line 244","replyTo":244}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 247, 1795775129280, 'message', 'anon_2PTUfpOIg6L2', 'm264', '{"kind":"text","v":1,"text":"Line 245"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 248, 1795775129303, 'message', 'anon_2PTUfpOIg6L2', 'm265', '{"kind":"text","v":1,"text":"Line 246"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 249, 1795775129338, 'message', 'anon_2PTUfpOIg6L2', 'm266', '{"kind":"text","v":1,"text":"Line 247"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 250, 1795775129367, 'message', 'anon_2PTUfpOIg6L2', 'm267', '{"kind":"text","v":1,"text":"Line 248"}', NULL);
INSERT INTO public.entry VALUES ('_Ejb1ixVasKA', 251, 1795775129378, 'message', 'anon_2PTUfpOIg6L2', 'm268', '{"kind":"text","v":1,"text":"Line 249"}', NULL);
INSERT INTO public.media VALUES ('PBNhnfmlkeqH', 'eT4lnLMSJvS-MyBOgBXuYs', 'anon_N-YEHZ-e3Aqf', 'image/png', 70, 4, 1);
INSERT INTO public.media VALUES ('PBNhnfmlkeqH', 'NGCcU63ScBlYvo1xat1eb1', 'anon_B4VRAJmxOWrJ', 'audio/webm', 40, NULL, NULL);
INSERT INTO public.owner VALUES ('PBNhnfmlkeqH', '\xd29b415241e323f66b09b6b0c3906a33995564c217651bc57d2fdca59cfb9771');
INSERT INTO public.participant VALUES ('PBNhnfmlkeqH', 'anon_B4VRAJmxOWrJ', 1, 'Maya', '\x049633fc8e11c83d148644a26130132c765f6b005dbc2c58617fd117f5a1fb5b', true, false);
INSERT INTO public.participant VALUES ('PBNhnfmlkeqH', 'anon_N-YEHZ-e3Aqf', 2, 'Ben', '\xbb0c135807373c38ff71a5eea967aaf5b13bba7eb0398d0379a52006408e05e3', true, false);
INSERT INTO public.participant VALUES ('PBNhnfmlkeqH', 'anon_DIblLlT_8YdV', 3, 'Еve אב 😀', '\x31a0347f5a74ff8606499c927f870f2731c0981b474bda80ee28bbf282fe752a', false, true);
INSERT INTO public.participant VALUES ('qlift5jOOjMn', 'anon_BSY3_InC13oa', 1, 'Maya', '\xfc2193a92f12d237c319b873fda4cd7d6ca7cb43190b7562a71307f0258fbd14', true, false);
INSERT INTO public.participant VALUES ('_Ejb1ixVasKA', 'anon_2PTUfpOIg6L2', 1, 'Maya', '\x08cf0d3fd463acbd5fe5a5f039afcb909f4039d28dcfb0157185bd4cf13a81d0', true, false);
INSERT INTO public.participant VALUES ('TSOTMNdf4eyE', 'anon_gILvGStD1pOI', 1, 'Maya', '\x46d0bf184a4c189ec58d24f853a31b0fc89c6e43cd87a2188ced2986d80bd716', true, false);
INSERT INTO public.participant VALUES ('TSOTMNdf4eyE', 'anon_rvWPFZkCXuf0', 2, 'Ben', '\x234d6ac59a83d524742ac6400c66089425c293de757f3b0b8e472791f9affc9c', true, false);
INSERT INTO public.room VALUES ('_Ejb1ixVasKA', true, 1795775122788, 1795861522788, NULL, NULL, false, '\x38a2a5e549ecfe453124c05caf0b713b7cca2a462ff770703ce4ca11c1c0b4c0', 251, 1, 1, 0, false, false, false, 'anon_2PTUfpOIg6L2', 10119);
INSERT INTO public.room VALUES ('TSOTMNdf4eyE', false, 1795775129387, 1795861529387, NULL, NULL, false, '\x461c0e13860c073db30a458c53795a26cd9418819a8ffc20125b25e4c7ba178e', 0, 2, 2, 0, false, false, false, 'anon_gILvGStD1pOI', 0);
INSERT INTO public.room VALUES ('RL6vIqhYzBRp', true, 1795775129481, 1795861529481, 1795775129592, 'ended', true, '\x88cbee5d430b9f2e733bf308f07db42d6a2dc08f1507c7dd9a96780f65c91c62', 2, 0, 1, 0, false, false, false, 'anon_bXZCkD8IAdNl', 0);
INSERT INTO public.room VALUES ('PBNhnfmlkeqH', true, 1795775121307, 1795879521307, NULL, NULL, false, '\x19b217fb5c0cbeb6db69e5a29eedecb8d67e80f439b950ed9576cfc03292e450', 26, 2, 3, 110, true, true, true, 'anon_B4VRAJmxOWrJ', 1162);
INSERT INTO public.room VALUES ('qlift5jOOjMn', true, 1795775122758, 1795861522758, NULL, NULL, false, '\xecfefe58ebdb6cad75e35854c3705ba3dc840ae6fe493acc23036701c252e080', 1, 1, 1, 0, false, false, false, 'anon_BSY3_InC13oa', 4);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (room_id, seq);
ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (room_id, id);
ALTER TABLE ONLY public.owner
    ADD CONSTRAINT owner_pkey PRIMARY KEY (room_id, token);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT participant_pkey PRIMARY KEY (room_id, id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT participant_room_id_token_key UNIQUE (room_id, token);
ALTER TABLE ONLY public.pass
    ADD CONSTRAINT pass_pkey PRIMARY KEY (room_id, token);
ALTER TABLE ONLY public.room
    ADD CONSTRAINT room_pkey PRIMARY KEY (id);
CREATE INDEX entry_edits ON public.entry USING btree (room_id, edits) WHERE (edits IS NOT NULL);
CREATE UNIQUE INDEX entry_sent ON public.entry USING btree (room_id, participant_id, client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX participant_inside ON public.participant USING btree (room_id, number) WHERE inside;
CREATE INDEX participant_number ON public.participant USING btree (room_id, number);
CREATE INDEX pass_of ON public.pass USING btree (room_id, participant_id, number);
CREATE INDEX room_due ON public.room USING btree (expires_at) WHERE (ended_at IS NULL);
CREATE INDEX room_media ON public.room USING btree (store_history, media_bytes) WHERE (media_bytes > 0);
CREATE INDEX room_purged ON public.room USING btree (ended_at) WHERE purged;
CREATE INDEX room_unpurged ON public.room USING btree (ended_at) WHERE ((ended_at IS NOT NULL) AND (NOT purged));
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.owner
    ADD CONSTRAINT owner_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT participant_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.pass
    ADD CONSTRAINT pass_room_id_participant_id_fkey FOREIGN KEY (room_id, participant_id) REFERENCES public.participant(room_id, id) ON DELETE CASCADE;
