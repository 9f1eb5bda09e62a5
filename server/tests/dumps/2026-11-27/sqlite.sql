BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'instant chat','2026-11-27 10:25:14',1,X'C5789CE5BCEE1E670AAA56E7E1A7382A5DA5F4E280C76D426F620DD0E5F65B97DF79E8A0F49388B4DBF6C84764B13799',7276989);
INSERT INTO "_sqlx_migrations" VALUES(2,'instant chat','2026-11-27 10:25:14',1,X'A5EE120D1FE08A5636FBF6424457F11F985F571F9870D521B50283C3B91687F953164A88278A1F9AB886A9D48109A617',7957388);
INSERT INTO "_sqlx_migrations" VALUES(4,'instant chat','2026-11-27 10:25:14',1,X'A16552F0796911FF93B12B3EC1B6CACF3EA97F547C774C42AE3704CFF82D8C8B98AC7E7FF6CA1B43482C06EECC20240E',15950269);
INSERT INTO "_sqlx_migrations" VALUES(5,'instant chat','2026-11-27 10:25:14',1,X'A4A23E74CBEE8E7C0F8A3DA7E97BBA2E40D579A8F431DFA66F7FE4F384EC948B087907A4988E133C112AAC0BB07D4BF8',7976606);
INSERT INTO "_sqlx_migrations" VALUES(6,'instant chat','2026-11-27 10:25:14',1,X'0B9E75A72DC9C2974C160AABE3EFDF37CEFF1F1AB56DCA7EBAF6F77F9E0340CA0D5E5D642510A08C60A63868CC542F1F',7953382);
INSERT INTO "_sqlx_migrations" VALUES(8,'instant chat','2026-11-27 10:25:14',1,X'6B5B1B39B59A36D0DF1AF2FC4C21EF89E108F562D49F3C85A28FF04B0E05FC61EA2B10721B9E69E5EF26D2B39F0009FD',5754299);
INSERT INTO "_sqlx_migrations" VALUES(9,'instant chat','2026-11-27 10:25:14',1,X'8E793D7C93C9E1E6B0EBA132A9AA114379E27C1B51CD6740B0AFAC94322D180A3F027BC310FCAA8E94BA79107FCD410C',7939451);
CREATE TABLE entry (
    room_id        TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    seq            INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    kind           TEXT    NOT NULL, -- message, joined, left
    participant_id TEXT    NOT NULL,
    client_id      TEXT,             -- messages only
    body           TEXT    NOT NULL, edits INTEGER, -- a message's envelope in JSON, never looked into; else the participant's name
    PRIMARY KEY (room_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',1,1795775115015,'joined','anon_KDByBqbEnAi2',NULL,'Maya',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',2,1795775115046,'joined','anon_wGhw5Qj20Q5y',NULL,'Ben',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',3,1795775115078,'joined','anon_auB--917r1Hg',NULL,'Еve אב 😀',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',4,1795775115094,'message','anon_KDByBqbEnAi2','m0','{"kind":"text","v":1,"text":"Hello, \"world\" \\   😀 סלאם"}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',5,1795775115107,'message','anon_wGhw5Qj20Q5y','m1','{"kind":"text","v":1,"text":"Hello yourself","replyTo":4}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',6,1795775115142,'message','anon_wGhw5Qj20Q5y','m2','{"kind":"text","v":1,"text":"Thursday","edited":true}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',7,1795775115158,'message','anon_wGhw5Qj20Q5y','m3','{"kind":"edit","v":1,"target":6}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',8,1795775115194,'message','anon_wGhw5Qj20Q5y','m4','{"kind":"edit","v":1,"target":6,"text":"Thursday"}',6);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',9,1795775115232,'message','anon_KDByBqbEnAi2','m5','{"kind":"text","v":1,"text":"A better answer","replyTo":6,"edited":true}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',10,1795775115275,'message','anon_KDByBqbEnAi2','m6','{"kind":"edit","v":1,"target":9,"text":"A better answer"}',9);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',11,1795775115288,'message','anon_auB--917r1Hg','m7','{"kind":"deleted","v":1}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',12,1795775115310,'message','anon_auB--917r1Hg','m8','{"kind":"edit","v":1,"target":11}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',13,1795775115335,'message','anon_wGhw5Qj20Q5y','m9','{"kind":"reaction","v":1,"target":4,"emoji":"👍","on":true}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',14,1795775115339,'message','anon_auB--917r1Hg','m10','{"kind":"reaction","v":1,"target":4,"emoji":"❤️","on":true}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',15,1795775115347,'message','anon_wGhw5Qj20Q5y','m11','{"kind":"reaction","v":1,"target":4,"emoji":"👍","on":false}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',16,1795775115352,'message','anon_wGhw5Qj20Q5y','m12','{"kind":"reaction","v":1,"target":11,"emoji":"👀","on":true}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',17,1795775115357,'message','anon_auB--917r1Hg','m13','{"kind":"delete","v":1,"target":11}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',18,1795775115431,'message','anon_wGhw5Qj20Q5y','m14','{"kind":"image","v":1,"mediaId":"Vspf1-FffUsDP4-mWcxrHI","width":4,"height":1,"alt":"Four dots","replyTo":4}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',19,1795775115527,'message','anon_KDByBqbEnAi2','m15','{"kind":"deleted","v":1}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',20,1795775115590,'message','anon_KDByBqbEnAi2','m16','{"kind":"delete","v":1,"target":19}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',21,1795775115748,'message','anon_KDByBqbEnAi2','m17','{"kind":"audio","v":1,"mediaId":"SyGCUgmdMkJPaNc4xKPaHK","durationMs":400,"waveform":[0,9,31]}',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',22,1795775115782,'changed','',NULL,'[null,{"textOnly":true}]',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',23,1795775115791,'changed','',NULL,'[null,{"locked":true}]',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',24,1795775115802,'changed','',NULL,'[null,{"expiresAt":"2026-11-28T15:25:14.995Z"}]',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',25,1795775115814,'removed','anon_auB--917r1Hg',NULL,'Еve אב 😀',NULL);
INSERT INTO "entry" VALUES('1WXWfwYO_Vdt',26,1795775115822,'message','anon_KDByBqbEnAi2','m18','{"kind":"text","v":1,"text":"The last word"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',1,1795775115837,'joined','anon_yOu9oV--4jfV',NULL,'Maya',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',2,1795775115846,'message','anon_yOu9oV--4jfV','m19','{"kind":"text","v":1,"text":"Line 0"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',3,1795775115854,'message','anon_yOu9oV--4jfV','m20','{"kind":"text","v":1,"text":"Line 1"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',4,1795775115864,'message','anon_yOu9oV--4jfV','m21','{"kind":"text","v":1,"text":"Line 2"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',5,1795775115890,'message','anon_yOu9oV--4jfV','m22','{"kind":"text","v":1,"text":"Line 3"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',6,1795775115929,'message','anon_yOu9oV--4jfV','m23','{"kind":"text","v":1,"text":"Line 4"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',7,1795775115941,'message','anon_yOu9oV--4jfV','m24','{"kind":"text","v":1,"text":"Line 5"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',8,1795775115954,'message','anon_yOu9oV--4jfV','m25','{"kind":"text","v":1,"text":"Line 6","replyTo":6}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',9,1795775115974,'message','anon_yOu9oV--4jfV','m26','{"kind":"text","v":1,"text":"Line 7"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',10,1795775115979,'message','anon_yOu9oV--4jfV','m27','{"kind":"text","v":1,"text":"Line 8"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',11,1795775116006,'message','anon_yOu9oV--4jfV','m28','{"kind":"text","v":1,"text":"Line 9"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',12,1795775116022,'message','anon_yOu9oV--4jfV','m29','{"kind":"text","v":1,"text":"Line 10"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',13,1795775116061,'message','anon_yOu9oV--4jfV','m30','{"kind":"text","v":1,"text":"Line 11"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',14,1795775116083,'message','anon_yOu9oV--4jfV','m31','{"kind":"text","v":1,"text":"Line 12"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',15,1795775116115,'message','anon_yOu9oV--4jfV','m32','{"kind":"text","v":1,"text":"Line 13","replyTo":13}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',16,1795775116126,'message','anon_yOu9oV--4jfV','m33','{"kind":"text","v":1,"text":"Line 14"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',17,1795775116140,'message','anon_yOu9oV--4jfV','m34','{"kind":"text","v":1,"text":"Line 15"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',18,1795775116152,'message','anon_yOu9oV--4jfV','m35','{"kind":"text","v":1,"text":"Line 16"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',19,1795775116162,'message','anon_yOu9oV--4jfV','m36','{"kind":"text","v":1,"text":"Line 17"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',20,1795775116195,'message','anon_yOu9oV--4jfV','m37','{"kind":"text","v":1,"text":"Line 18"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',21,1795775116214,'message','anon_yOu9oV--4jfV','m38','{"kind":"text","v":1,"text":"Line 19"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',22,1795775116224,'message','anon_yOu9oV--4jfV','m39','{"kind":"text","v":1,"text":"Line 20","replyTo":20}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',23,1795775116280,'message','anon_yOu9oV--4jfV','m40','{"kind":"text","v":1,"text":"Line 21"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',24,1795775116309,'message','anon_yOu9oV--4jfV','m41','{"kind":"text","v":1,"text":"Line 22"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',25,1795775116352,'message','anon_yOu9oV--4jfV','m42','{"kind":"text","v":1,"text":"Line 23"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',26,1795775116362,'message','anon_yOu9oV--4jfV','m43','{"kind":"text","v":1,"text":"Line 24"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',27,1795775116373,'message','anon_yOu9oV--4jfV','m44','{"kind":"text","v":1,"text":"Line 25"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',28,1795775116380,'message','anon_yOu9oV--4jfV','m45','{"kind":"text","v":1,"text":"Line 26"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',29,1795775116391,'message','anon_yOu9oV--4jfV','m46','{"kind":"text","v":1,"text":"Line 27","replyTo":27}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',30,1795775116398,'message','anon_yOu9oV--4jfV','m47','{"kind":"text","v":1,"text":"Line 28"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',31,1795775116404,'message','anon_yOu9oV--4jfV','m48','{"kind":"text","v":1,"text":"Line 29"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',32,1795775116410,'message','anon_yOu9oV--4jfV','m49','{"kind":"text","v":1,"text":"Line 30"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',33,1795775116415,'message','anon_yOu9oV--4jfV','m50','{"kind":"text","v":1,"text":"Line 31"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',34,1795775116426,'message','anon_yOu9oV--4jfV','m51','{"kind":"text","v":1,"text":"Line 32"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',35,1795775116437,'message','anon_yOu9oV--4jfV','m52','{"kind":"text","v":1,"text":"Line 33"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',36,1795775116443,'message','anon_yOu9oV--4jfV','m53','{"kind":"text","v":1,"text":"Line 34","replyTo":34}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',37,1795775116474,'message','anon_yOu9oV--4jfV','m54','{"kind":"text","v":1,"text":"Line 35"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',38,1795775116480,'message','anon_yOu9oV--4jfV','m55','{"kind":"text","v":1,"text":"Line 36"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',39,1795775116502,'message','anon_yOu9oV--4jfV','m56','{"kind":"text","v":1,"text":"Line 37"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',40,1795775116510,'message','anon_yOu9oV--4jfV','m57','{"kind":"text","v":1,"text":"Line 38"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',41,1795775116522,'message','anon_yOu9oV--4jfV','m58','{"kind":"text","v":1,"text":"Line 39"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',42,1795775116534,'message','anon_yOu9oV--4jfV','m59','{"kind":"text","v":1,"text":"Line 40"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',43,1795775116542,'message','anon_yOu9oV--4jfV','m60','{"kind":"text","v":1,"text":"Line 41","replyTo":41}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',44,1795775116556,'message','anon_yOu9oV--4jfV','m61','{"kind":"text","v":1,"text":"Line 42"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',45,1795775116566,'message','anon_yOu9oV--4jfV','m62','{"kind":"text","v":1,"text":"Line 43"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',46,1795775116587,'message','anon_yOu9oV--4jfV','m63','{"kind":"text","v":1,"text":"Line 44"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',47,1795775116593,'message','anon_yOu9oV--4jfV','m64','{"kind":"text","v":1,"text":"Line 45"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',48,1795775116621,'message','anon_yOu9oV--4jfV','m65','{"kind":"text","v":1,"text":"Line 46"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',49,1795775116634,'message','anon_yOu9oV--4jfV','m66','{"kind":"text","v":1,"text":"Line 47"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',50,1795775116660,'message','anon_yOu9oV--4jfV','m67','{"kind":"text","v":1,"text":"Line 48","replyTo":48}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',51,1795775116714,'message','anon_yOu9oV--4jfV','m68','{"kind":"text","v":1,"text":"Line 49"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',52,1795775116738,'message','anon_yOu9oV--4jfV','m69','{"kind":"text","v":1,"text":"Line 50"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',53,1795775116750,'message','anon_yOu9oV--4jfV','m70','{"kind":"text","v":1,"text":"Line 51"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',54,1795775116783,'message','anon_yOu9oV--4jfV','m71','{"kind":"text","v":1,"text":"Line 52"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',55,1795775116789,'message','anon_yOu9oV--4jfV','m72','{"kind":"text","v":1,"text":"Line 53"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',56,1795775116799,'message','anon_yOu9oV--4jfV','m73','{"kind":"text","v":1,"text":"Line 54"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',57,1795775116809,'message','anon_yOu9oV--4jfV','m74','{"kind":"text","v":1,"text":"Line 55","replyTo":55}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',58,1795775116814,'message','anon_yOu9oV--4jfV','m75','{"kind":"text","v":1,"text":"Line 56"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',59,1795775116826,'message','anon_yOu9oV--4jfV','m76','{"kind":"text","v":1,"text":"Line 57"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',60,1795775116831,'message','anon_yOu9oV--4jfV','m77','{"kind":"text","v":1,"text":"Line 58"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',61,1795775116836,'message','anon_yOu9oV--4jfV','m78','{"kind":"text","v":1,"text":"Line 59"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',62,1795775116842,'message','anon_yOu9oV--4jfV','m79','{"kind":"text","v":1,"text":"Line 60"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',63,1795775116846,'message','anon_yOu9oV--4jfV','m80','{"kind":"text","v":1,"text":"Line 61"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',64,1795775116854,'message','anon_yOu9oV--4jfV','m81','{"kind":"text","v":1,"text":"Line 62","replyTo":62}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',65,1795775116863,'message','anon_yOu9oV--4jfV','m82','{"kind":"text","v":1,"text":"Line 63"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',66,1795775116873,'message','anon_yOu9oV--4jfV','m83','{"kind":"text","v":1,"text":"Line 64"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',67,1795775116877,'message','anon_yOu9oV--4jfV','m84','{"kind":"text","v":1,"text":"Line 65"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',68,1795775116881,'message','anon_yOu9oV--4jfV','m85','{"kind":"text","v":1,"text":"Line 66"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',69,1795775116884,'message','anon_yOu9oV--4jfV','m86','{"kind":"text","v":1,"text":"Line 67"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',70,1795775116890,'message','anon_yOu9oV--4jfV','m87','{"kind":"text","v":1,"text":"Line 68"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',71,1795775116894,'message','anon_yOu9oV--4jfV','m88','{"kind":"text","v":1,"text":"Line 69","replyTo":69}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',72,1795775116899,'message','anon_yOu9oV--4jfV','m89','{"kind":"text","v":1,"text":"Line 70"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',73,1795775116903,'message','anon_yOu9oV--4jfV','m90','{"kind":"text","v":1,"text":"Line 71"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',74,1795775116923,'message','anon_yOu9oV--4jfV','m91','{"kind":"text","v":1,"text":"Line 72"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',75,1795775116950,'message','anon_yOu9oV--4jfV','m92','{"kind":"text","v":1,"text":"Line 73"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',76,1795775116971,'message','anon_yOu9oV--4jfV','m93','{"kind":"text","v":1,"text":"Line 74"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',77,1795775117021,'message','anon_yOu9oV--4jfV','m94','{"kind":"text","v":1,"text":"Line 75"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',78,1795775117051,'message','anon_yOu9oV--4jfV','m95','{"kind":"text","v":1,"text":"Line 76","replyTo":76}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',79,1795775117079,'message','anon_yOu9oV--4jfV','m96','{"kind":"text","v":1,"text":"Line 77"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',80,1795775117112,'message','anon_yOu9oV--4jfV','m97','{"kind":"text","v":1,"text":"Line 78"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',81,1795775117134,'message','anon_yOu9oV--4jfV','m98','{"kind":"text","v":1,"text":"Line 79"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',82,1795775117158,'message','anon_yOu9oV--4jfV','m99','{"kind":"text","v":1,"text":"Line 80"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',83,1795775117183,'message','anon_yOu9oV--4jfV','m100','{"kind":"text","v":1,"text":"Line 81"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',84,1795775117198,'message','anon_yOu9oV--4jfV','m101','{"kind":"text","v":1,"text":"Line 82"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',85,1795775117225,'message','anon_yOu9oV--4jfV','m102','{"kind":"text","v":1,"text":"Line 83","replyTo":83}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',86,1795775117271,'message','anon_yOu9oV--4jfV','m103','{"kind":"text","v":1,"text":"Line 84"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',87,1795775117282,'message','anon_yOu9oV--4jfV','m104','{"kind":"text","v":1,"text":"Line 85"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',88,1795775117298,'message','anon_yOu9oV--4jfV','m105','{"kind":"text","v":1,"text":"Line 86"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',89,1795775117311,'message','anon_yOu9oV--4jfV','m106','{"kind":"text","v":1,"text":"Line 87"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',90,1795775117329,'message','anon_yOu9oV--4jfV','m107','{"kind":"text","v":1,"text":"Line 88"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',91,1795775117359,'message','anon_yOu9oV--4jfV','m108','{"kind":"text","v":1,"text":"Line 89"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',92,1795775117364,'message','anon_yOu9oV--4jfV','m109','{"kind":"text","v":1,"text":"Line 90","replyTo":90}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',93,1795775117397,'message','anon_yOu9oV--4jfV','m110','{"kind":"text","v":1,"text":"Line 91"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',94,1795775117410,'message','anon_yOu9oV--4jfV','m111','{"kind":"text","v":1,"text":"Line 92"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',95,1795775117425,'message','anon_yOu9oV--4jfV','m112','{"kind":"text","v":1,"text":"Line 93"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',96,1795775117434,'message','anon_yOu9oV--4jfV','m113','{"kind":"text","v":1,"text":"Line 94"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',97,1795775117445,'message','anon_yOu9oV--4jfV','m114','{"kind":"text","v":1,"text":"Line 95"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',98,1795775117455,'message','anon_yOu9oV--4jfV','m115','{"kind":"text","v":1,"text":"Line 96"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',99,1795775117466,'message','anon_yOu9oV--4jfV','m116','{"kind":"text","v":1,"text":"Line 97","replyTo":97}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',100,1795775117478,'message','anon_yOu9oV--4jfV','m117','{"kind":"text","v":1,"text":"Line 98"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',101,1795775117487,'message','anon_yOu9oV--4jfV','m118','{"kind":"text","v":1,"text":"Line 99"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',102,1795775117518,'message','anon_yOu9oV--4jfV','m119','{"kind":"text","v":1,"text":"Line 100"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',103,1795775117534,'message','anon_yOu9oV--4jfV','m120','{"kind":"text","v":1,"text":"Line 101"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',104,1795775117543,'message','anon_yOu9oV--4jfV','m121','{"kind":"text","v":1,"text":"Line 102"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',105,1795775117574,'message','anon_yOu9oV--4jfV','m122','{"kind":"text","v":1,"text":"Line 103"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',106,1795775117584,'message','anon_yOu9oV--4jfV','m123','{"kind":"text","v":1,"text":"Line 104","replyTo":104}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',107,1795775117616,'message','anon_yOu9oV--4jfV','m124','{"kind":"text","v":1,"text":"Line 105"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',108,1795775117627,'message','anon_yOu9oV--4jfV','m125','{"kind":"text","v":1,"text":"Line 106"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',109,1795775117665,'message','anon_yOu9oV--4jfV','m126','{"kind":"text","v":1,"text":"Line 107"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',110,1795775117684,'message','anon_yOu9oV--4jfV','m127','{"kind":"text","v":1,"text":"Line 108"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',111,1795775117711,'message','anon_yOu9oV--4jfV','m128','{"kind":"text","v":1,"text":"Line 109"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',112,1795775117719,'message','anon_yOu9oV--4jfV','m129','{"kind":"text","v":1,"text":"Line 110"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',113,1795775117745,'message','anon_yOu9oV--4jfV','m130','{"kind":"text","v":1,"text":"Line 111","replyTo":111}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',114,1795775117751,'message','anon_yOu9oV--4jfV','m131','{"kind":"text","v":1,"text":"Line 112"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',115,1795775117763,'message','anon_yOu9oV--4jfV','m132','{"kind":"text","v":1,"text":"Line 113"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',116,1795775117781,'message','anon_yOu9oV--4jfV','m133','{"kind":"text","v":1,"text":"Line 114"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',117,1795775117794,'message','anon_yOu9oV--4jfV','m134','{"kind":"text","v":1,"text":"Line 115"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',118,1795775117810,'message','anon_yOu9oV--4jfV','m135','{"kind":"text","v":1,"text":"Line 116"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',119,1795775117823,'message','anon_yOu9oV--4jfV','m136','{"kind":"text","v":1,"text":"Line 117"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',120,1795775117841,'message','anon_yOu9oV--4jfV','m137','{"kind":"text","v":1,"text":"Line 118","replyTo":118}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',121,1795775117875,'message','anon_yOu9oV--4jfV','m138','{"kind":"text","v":1,"text":"Line 119"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',122,1795775117911,'message','anon_yOu9oV--4jfV','m139','{"kind":"text","v":1,"text":"Line 120"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',123,1795775117934,'message','anon_yOu9oV--4jfV','m140','{"kind":"text","v":1,"text":"Line 121"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',124,1795775117948,'message','anon_yOu9oV--4jfV','m141','{"kind":"text","v":1,"text":"Line 122"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',125,1795775117975,'message','anon_yOu9oV--4jfV','m142','{"kind":"text","v":1,"text":"Line 123"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',126,1795775117993,'message','anon_yOu9oV--4jfV','m143','{"kind":"text","v":1,"text":"Line 124"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',127,1795775118011,'message','anon_yOu9oV--4jfV','m144','{"kind":"text","v":1,"text":"Line 125","replyTo":125}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',128,1795775118030,'message','anon_yOu9oV--4jfV','m145','{"kind":"text","v":1,"text":"Line 126"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',129,1795775118046,'message','anon_yOu9oV--4jfV','m146','{"kind":"text","v":1,"text":"Line 127"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',130,1795775118081,'message','anon_yOu9oV--4jfV','m147','{"kind":"text","v":1,"text":"Line 128"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',131,1795775118136,'message','anon_yOu9oV--4jfV','m148','{"kind":"text","v":1,"text":"Line 129"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',132,1795775118141,'message','anon_yOu9oV--4jfV','m149','{"kind":"text","v":1,"text":"Line 130"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',133,1795775118152,'message','anon_yOu9oV--4jfV','m150','{"kind":"text","v":1,"text":"Line 131"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',134,1795775118172,'message','anon_yOu9oV--4jfV','m151','{"kind":"text","v":1,"text":"Line 132","replyTo":132}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',135,1795775118194,'message','anon_yOu9oV--4jfV','m152','{"kind":"text","v":1,"text":"Line 133"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',136,1795775118210,'message','anon_yOu9oV--4jfV','m153','{"kind":"text","v":1,"text":"Line 134"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',137,1795775118221,'message','anon_yOu9oV--4jfV','m154','{"kind":"text","v":1,"text":"Line 135"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',138,1795775118237,'message','anon_yOu9oV--4jfV','m155','{"kind":"text","v":1,"text":"Line 136"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',139,1795775118250,'message','anon_yOu9oV--4jfV','m156','{"kind":"text","v":1,"text":"Line 137"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',140,1795775118271,'message','anon_yOu9oV--4jfV','m157','{"kind":"text","v":1,"text":"Line 138"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',141,1795775118281,'message','anon_yOu9oV--4jfV','m158','{"kind":"text","v":1,"text":"Line 139","replyTo":139}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',142,1795775118294,'message','anon_yOu9oV--4jfV','m159','{"kind":"text","v":1,"text":"Line 140"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',143,1795775118306,'message','anon_yOu9oV--4jfV','m160','{"kind":"text","v":1,"text":"Line 141"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',144,1795775118322,'message','anon_yOu9oV--4jfV','m161','{"kind":"text","v":1,"text":"Line 142"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',145,1795775118335,'message','anon_yOu9oV--4jfV','m162','{"kind":"text","v":1,"text":"Line 143"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',146,1795775118346,'message','anon_yOu9oV--4jfV','m163','{"kind":"text","v":1,"text":"Line 144"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',147,1795775118358,'message','anon_yOu9oV--4jfV','m164','{"kind":"text","v":1,"text":"Line 145"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',148,1795775118365,'message','anon_yOu9oV--4jfV','m165','{"kind":"text","v":1,"text":"Line 146","replyTo":146}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',149,1795775118368,'message','anon_yOu9oV--4jfV','m166','{"kind":"text","v":1,"text":"Line 147"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',150,1795775118371,'message','anon_yOu9oV--4jfV','m167','{"kind":"text","v":1,"text":"Line 148"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',151,1795775118375,'message','anon_yOu9oV--4jfV','m168','{"kind":"text","v":1,"text":"Line 149"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',152,1795775118378,'message','anon_yOu9oV--4jfV','m169','{"kind":"text","v":1,"text":"Line 150"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',153,1795775118385,'message','anon_yOu9oV--4jfV','m170','{"kind":"text","v":1,"text":"Line 151"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',154,1795775118389,'message','anon_yOu9oV--4jfV','m171','{"kind":"text","v":1,"text":"Line 152"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',155,1795775118392,'message','anon_yOu9oV--4jfV','m172','{"kind":"text","v":1,"text":"Line 153","replyTo":153}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',156,1795775118395,'message','anon_yOu9oV--4jfV','m173','{"kind":"text","v":1,"text":"Line 154"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',157,1795775118402,'message','anon_yOu9oV--4jfV','m174','{"kind":"text","v":1,"text":"Line 155"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',158,1795775118405,'message','anon_yOu9oV--4jfV','m175','{"kind":"text","v":1,"text":"Line 156"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',159,1795775118408,'message','anon_yOu9oV--4jfV','m176','{"kind":"text","v":1,"text":"Line 157"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',160,1795775118418,'message','anon_yOu9oV--4jfV','m177','{"kind":"text","v":1,"text":"Line 158"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',161,1795775118454,'message','anon_yOu9oV--4jfV','m178','{"kind":"text","v":1,"text":"Line 159"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',162,1795775118461,'message','anon_yOu9oV--4jfV','m179','{"kind":"text","v":1,"text":"Line 160","replyTo":160}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',163,1795775118492,'message','anon_yOu9oV--4jfV','m180','{"kind":"text","v":1,"text":"Line 161"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',164,1795775118503,'message','anon_yOu9oV--4jfV','m181','{"kind":"text","v":1,"text":"Line 162"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',165,1795775118514,'message','anon_yOu9oV--4jfV','m182','{"kind":"text","v":1,"text":"Line 163"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',166,1795775118520,'message','anon_yOu9oV--4jfV','m183','{"kind":"text","v":1,"text":"Line 164"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',167,1795775118546,'message','anon_yOu9oV--4jfV','m184','{"kind":"text","v":1,"text":"Line 165"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',168,1795775118586,'message','anon_yOu9oV--4jfV','m185','{"kind":"text","v":1,"text":"Line 166"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',169,1795775118612,'message','anon_yOu9oV--4jfV','m186','{"kind":"text","v":1,"text":"Line 167","replyTo":167}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',170,1795775118617,'message','anon_yOu9oV--4jfV','m187','{"kind":"text","v":1,"text":"Line 168"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',171,1795775118621,'message','anon_yOu9oV--4jfV','m188','{"kind":"text","v":1,"text":"Line 169"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',172,1795775118624,'message','anon_yOu9oV--4jfV','m189','{"kind":"text","v":1,"text":"Line 170"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',173,1795775118627,'message','anon_yOu9oV--4jfV','m190','{"kind":"text","v":1,"text":"Line 171"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',174,1795775118634,'message','anon_yOu9oV--4jfV','m191','{"kind":"text","v":1,"text":"Line 172"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',175,1795775118643,'message','anon_yOu9oV--4jfV','m192','{"kind":"text","v":1,"text":"Line 173"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',176,1795775118650,'message','anon_yOu9oV--4jfV','m193','{"kind":"text","v":1,"text":"Line 174","replyTo":174}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',177,1795775118654,'message','anon_yOu9oV--4jfV','m194','{"kind":"text","v":1,"text":"Line 175"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',178,1795775118657,'message','anon_yOu9oV--4jfV','m195','{"kind":"text","v":1,"text":"Line 176"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',179,1795775118668,'message','anon_yOu9oV--4jfV','m196','{"kind":"text","v":1,"text":"Line 177"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',180,1795775118673,'message','anon_yOu9oV--4jfV','m197','{"kind":"text","v":1,"text":"Line 178"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',181,1795775118677,'message','anon_yOu9oV--4jfV','m198','{"kind":"text","v":1,"text":"Line 179"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',182,1795775118743,'message','anon_yOu9oV--4jfV','m199','{"kind":"text","v":1,"text":"Line 180"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',183,1795775118750,'message','anon_yOu9oV--4jfV','m200','{"kind":"text","v":1,"text":"Line 181","replyTo":181}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',184,1795775118755,'message','anon_yOu9oV--4jfV','m201','{"kind":"text","v":1,"text":"Line 182"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',185,1795775118762,'message','anon_yOu9oV--4jfV','m202','{"kind":"text","v":1,"text":"Line 183"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',186,1795775118782,'message','anon_yOu9oV--4jfV','m203','{"kind":"text","v":1,"text":"Line 184"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',187,1795775118790,'message','anon_yOu9oV--4jfV','m204','{"kind":"text","v":1,"text":"Line 185"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',188,1795775118823,'message','anon_yOu9oV--4jfV','m205','{"kind":"text","v":1,"text":"Line 186"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',189,1795775118842,'message','anon_yOu9oV--4jfV','m206','{"kind":"text","v":1,"text":"Line 187"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',190,1795775118854,'message','anon_yOu9oV--4jfV','m207','{"kind":"text","v":1,"text":"Line 188","replyTo":188}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',191,1795775118863,'message','anon_yOu9oV--4jfV','m208','{"kind":"text","v":1,"text":"Line 189"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',192,1795775118874,'message','anon_yOu9oV--4jfV','m209','{"kind":"text","v":1,"text":"Line 190"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',193,1795775118881,'message','anon_yOu9oV--4jfV','m210','{"kind":"text","v":1,"text":"Line 191"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',194,1795775118889,'message','anon_yOu9oV--4jfV','m211','{"kind":"text","v":1,"text":"Line 192"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',195,1795775118897,'message','anon_yOu9oV--4jfV','m212','{"kind":"text","v":1,"text":"Line 193"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',196,1795775118910,'message','anon_yOu9oV--4jfV','m213','{"kind":"text","v":1,"text":"Line 194"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',197,1795775118918,'message','anon_yOu9oV--4jfV','m214','{"kind":"text","v":1,"text":"Line 195","replyTo":195}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',198,1795775118923,'message','anon_yOu9oV--4jfV','m215','{"kind":"text","v":1,"text":"Line 196"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',199,1795775118931,'message','anon_yOu9oV--4jfV','m216','{"kind":"text","v":1,"text":"Line 197"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',200,1795775118946,'message','anon_yOu9oV--4jfV','m217','{"kind":"text","v":1,"text":"Line 198"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',201,1795775118951,'message','anon_yOu9oV--4jfV','m218','{"kind":"text","v":1,"text":"Line 199"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',202,1795775118956,'message','anon_yOu9oV--4jfV','m219','{"kind":"text","v":1,"text":"Line 200"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',203,1795775118960,'message','anon_yOu9oV--4jfV','m220','{"kind":"text","v":1,"text":"Line 201"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',204,1795775118966,'message','anon_yOu9oV--4jfV','m221','{"kind":"text","v":1,"text":"Line 202","replyTo":202}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',205,1795775118973,'message','anon_yOu9oV--4jfV','m222','{"kind":"text","v":1,"text":"Line 203"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',206,1795775118977,'message','anon_yOu9oV--4jfV','m223','{"kind":"text","v":1,"text":"Line 204"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',207,1795775118990,'message','anon_yOu9oV--4jfV','m224','{"kind":"text","v":1,"text":"Line 205"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',208,1795775118995,'message','anon_yOu9oV--4jfV','m225','{"kind":"text","v":1,"text":"Line 206"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',209,1795775119000,'message','anon_yOu9oV--4jfV','m226','{"kind":"text","v":1,"text":"Line 207"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',210,1795775119003,'message','anon_yOu9oV--4jfV','m227','{"kind":"text","v":1,"text":"Line 208"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',211,1795775119006,'message','anon_yOu9oV--4jfV','m228','{"kind":"text","v":1,"text":"Line 209","replyTo":209}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',212,1795775119010,'message','anon_yOu9oV--4jfV','m229','{"kind":"text","v":1,"text":"Line 210"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',213,1795775119027,'message','anon_yOu9oV--4jfV','m230','{"kind":"text","v":1,"text":"Line 211"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',214,1795775119042,'message','anon_yOu9oV--4jfV','m231','{"kind":"text","v":1,"text":"Line 212"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',215,1795775119054,'message','anon_yOu9oV--4jfV','m232','{"kind":"text","v":1,"text":"Line 213"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',216,1795775119066,'message','anon_yOu9oV--4jfV','m233','{"kind":"text","v":1,"text":"Line 214"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',217,1795775119078,'message','anon_yOu9oV--4jfV','m234','{"kind":"text","v":1,"text":"Line 215"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',218,1795775119090,'message','anon_yOu9oV--4jfV','m235','{"kind":"text","v":1,"text":"Line 216","replyTo":216}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',219,1795775119104,'message','anon_yOu9oV--4jfV','m236','{"kind":"text","v":1,"text":"Line 217"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',220,1795775119121,'message','anon_yOu9oV--4jfV','m237','{"kind":"text","v":1,"text":"Line 218"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',221,1795775119132,'message','anon_yOu9oV--4jfV','m238','{"kind":"text","v":1,"text":"Line 219"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',222,1795775119142,'message','anon_yOu9oV--4jfV','m239','{"kind":"text","v":1,"text":"Line 220"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',223,1795775119150,'message','anon_yOu9oV--4jfV','m240','{"kind":"text","v":1,"text":"Line 221"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',224,1795775119157,'message','anon_yOu9oV--4jfV','m241','{"kind":"text","v":1,"text":"Line 222"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',225,1795775119176,'message','anon_yOu9oV--4jfV','m242','{"kind":"text","v":1,"text":"Line 223","replyTo":223}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',226,1795775119189,'message','anon_yOu9oV--4jfV','m243','{"kind":"text","v":1,"text":"Line 224"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',227,1795775119198,'message','anon_yOu9oV--4jfV','m244','{"kind":"text","v":1,"text":"Line 225"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',228,1795775119208,'message','anon_yOu9oV--4jfV','m245','{"kind":"text","v":1,"text":"Line 226"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',229,1795775119253,'message','anon_yOu9oV--4jfV','m246','{"kind":"text","v":1,"text":"Line 227"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',230,1795775119306,'message','anon_yOu9oV--4jfV','m247','{"kind":"text","v":1,"text":"Line 228"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',231,1795775119316,'message','anon_yOu9oV--4jfV','m248','{"kind":"text","v":1,"text":"Line 229"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',232,1795775119334,'message','anon_yOu9oV--4jfV','m249','{"kind":"text","v":1,"text":"Line 230","replyTo":230}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',233,1795775119365,'message','anon_yOu9oV--4jfV','m250','{"kind":"text","v":1,"text":"Line 231"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',234,1795775119371,'message','anon_yOu9oV--4jfV','m251','{"kind":"text","v":1,"text":"Line 232"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',235,1795775119380,'message','anon_yOu9oV--4jfV','m252','{"kind":"text","v":1,"text":"Line 233"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',236,1795775119390,'message','anon_yOu9oV--4jfV','m253','{"kind":"text","v":1,"text":"Line 234"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',237,1795775119399,'message','anon_yOu9oV--4jfV','m254','{"kind":"text","v":1,"text":"Line 235"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',238,1795775119403,'message','anon_yOu9oV--4jfV','m255','{"kind":"text","v":1,"text":"Line 236"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',239,1795775119410,'message','anon_yOu9oV--4jfV','m256','{"kind":"text","v":1,"text":"Line 237","replyTo":237}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',240,1795775119415,'message','anon_yOu9oV--4jfV','m257','{"kind":"text","v":1,"text":"Line 238"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',241,1795775119419,'message','anon_yOu9oV--4jfV','m258','{"kind":"text","v":1,"text":"Line 239"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',242,1795775119422,'message','anon_yOu9oV--4jfV','m259','{"kind":"text","v":1,"text":"Line 240"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',243,1795775119430,'message','anon_yOu9oV--4jfV','m260','{"kind":"text","v":1,"text":"Line 241"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',244,1795775119435,'message','anon_yOu9oV--4jfV','m261','{"kind":"text","v":1,"text":"Line 242"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',245,1795775119445,'message','anon_yOu9oV--4jfV','m262','{"kind":"text","v":1,"text":"Line 243"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',246,1795775119449,'message','anon_yOu9oV--4jfV','m263','{"kind":"text","v":1,"text":"Line 244","replyTo":244}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',247,1795775119456,'message','anon_yOu9oV--4jfV','m264','{"kind":"text","v":1,"text":"Line 245"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',248,1795775119460,'message','anon_yOu9oV--4jfV','m265','{"kind":"text","v":1,"text":"Line 246"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',249,1795775119465,'message','anon_yOu9oV--4jfV','m266','{"kind":"text","v":1,"text":"Line 247"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',250,1795775119475,'message','anon_yOu9oV--4jfV','m267','{"kind":"text","v":1,"text":"Line 248"}',NULL);
INSERT INTO "entry" VALUES('J6cy7Jb8dijv',251,1795775119479,'message','anon_yOu9oV--4jfV','m268','{"kind":"text","v":1,"text":"Line 249"}',NULL);
INSERT INTO "entry" VALUES('XRtSHqlP3DPU',1,1795775115828,'joined','anon_RpBNlHh05FKg',NULL,'Maya',NULL);
CREATE TABLE media (
    room_id        TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    id             TEXT    NOT NULL,
    participant_id TEXT    NOT NULL, -- who uploaded it
    type           TEXT    NOT NULL, -- image/jpeg, audio/webm …
    size           INTEGER NOT NULL, -- in bytes
    width          INTEGER,          -- pictures only
    height         INTEGER,          -- pictures only
    PRIMARY KEY (room_id, id),
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "media" VALUES('1WXWfwYO_Vdt','SyGCUgmdMkJPaNc4xKPaHK','anon_KDByBqbEnAi2','audio/webm',40,NULL,NULL);
INSERT INTO "media" VALUES('1WXWfwYO_Vdt','Vspf1-FffUsDP4-mWcxrHI','anon_wGhw5Qj20Q5y','image/png',70,4,1);
CREATE TABLE owner (
    room_id TEXT NOT NULL REFERENCES room ON DELETE CASCADE,
    token   BLOB NOT NULL, -- the SHA-256 of a token
    PRIMARY KEY (room_id, token)
) STRICT, WITHOUT ROWID;
INSERT INTO "owner" VALUES('1WXWfwYO_Vdt',X'37EF55801B778CBE5C155AC46D134F443ED44D0697E22340FB7B7AA230E73FDE');
CREATE TABLE participant (
    room_id TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    id      TEXT    NOT NULL,
    number  INTEGER NOT NULL, -- 1, 2, 3 in the order of their first entry
    name    TEXT    NOT NULL,
    token   BLOB    NOT NULL, -- the SHA-256 of a token
    inside  INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT FALSE,
    PRIMARY KEY (room_id, id),
    UNIQUE (room_id, token)
) STRICT, WITHOUT ROWID;
INSERT INTO "participant" VALUES('1WXWfwYO_Vdt','anon_KDByBqbEnAi2',1,'Maya',X'0DB90E76D611BCBF72D98EA86964E8A0CABB74569F83C74C923C3798E830030A',1,0);
INSERT INTO "participant" VALUES('1WXWfwYO_Vdt','anon_auB--917r1Hg',3,'Еve אב 😀',X'BAE548198CA00F5794E967D97B6640D9A087D0A4059DB2B4B88F6714E9F8ADDB',0,1);
INSERT INTO "participant" VALUES('1WXWfwYO_Vdt','anon_wGhw5Qj20Q5y',2,'Ben',X'8E84BC11D62CEFA5E4C389245D980D88C04F1E744A8D73F21DE2846E0BCB4345',1,0);
INSERT INTO "participant" VALUES('2IJW5TJ6Hu_8','anon_Lf6zz76azUTp',1,'Maya',X'D0E48529EABA2F81899B23DAFEC43A0C2622E5F99C017BD35F333C615FC8AEAD',1,0);
INSERT INTO "participant" VALUES('2IJW5TJ6Hu_8','anon_q8ZQwtUIDWcG',2,'Ben',X'7E444AF74F8F688DFD7F904841DE0F8D37613F03CF05AD796402E3A88BF78D99',1,0);
INSERT INTO "participant" VALUES('J6cy7Jb8dijv','anon_yOu9oV--4jfV',1,'Maya',X'9053DFBA9B743F8C0F754EBA2FDC9EE1DB335D89CE5E46EF21D01A76CFC92D57',1,0);
INSERT INTO "participant" VALUES('XRtSHqlP3DPU','anon_RpBNlHh05FKg',1,'Maya',X'91D9C80321402ED424F74163627741C86B060FE41F1345DC11D5D72BEAFA016C',1,0);
CREATE TABLE pass (
    room_id        TEXT NOT NULL,
    token          BLOB NOT NULL, -- the SHA-256 of a token
    participant_id TEXT NOT NULL,
    number         INTEGER NOT NULL, -- 1, 2, 3 for each participant
    PRIMARY KEY (room_id, token),
    FOREIGN KEY (room_id, participant_id) REFERENCES participant (room_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE room (
    id            TEXT    NOT NULL PRIMARY KEY,
    store_history INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    end_reason    TEXT,
    purged        INTEGER NOT NULL DEFAULT FALSE,
    creator       BLOB    NOT NULL, -- the SHA-256 of a token
    last_seq      INTEGER NOT NULL DEFAULT 0,
    inside        INTEGER NOT NULL DEFAULT 0, -- participants who are inside now
    admitted      INTEGER NOT NULL DEFAULT 0, media_bytes INTEGER NOT NULL DEFAULT 0, locked INTEGER NOT NULL DEFAULT FALSE, text_only INTEGER NOT NULL DEFAULT FALSE, extended INTEGER NOT NULL DEFAULT FALSE, creator_id TEXT, text_bytes INTEGER NOT NULL DEFAULT 0, -- participants who ever were
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "room" VALUES('1WXWfwYO_Vdt',1,1795775114995,1795879514995,NULL,NULL,0,X'500C95EE7FFCA5ED150C40B20C625F79A9B9DA3095851156CA22AF50AF39B643',26,2,3,110,1,1,1,'anon_KDByBqbEnAi2',1162);
INSERT INTO "room" VALUES('2IJW5TJ6Hu_8',0,1795775119482,1795861519482,NULL,NULL,0,X'4D909FFEDB605DB1442B00E5F682805309B57E365E110B307A815D45B5E35929',0,2,2,0,0,0,0,'anon_Lf6zz76azUTp',0);
INSERT INTO "room" VALUES('J6cy7Jb8dijv',1,1795775115832,1795861515832,NULL,NULL,0,X'563ACFB9C5C13A29038060E587657F56AEDE68262F356774BC7B2073F39D5F07',251,1,1,0,0,0,0,'anon_yOu9oV--4jfV',10119);
INSERT INTO "room" VALUES('SVX_REIv8c8z',1,1795775119520,1795861519520,1795775119625,'ended',1,X'F2D76046F9513E873B1D4EE3C6AA6E2BA8F191B72432B3E56ED8890DE4BC7C02',2,0,1,0,0,0,0,'anon_0V8MzKXuo1Zj',0);
INSERT INTO "room" VALUES('XRtSHqlP3DPU',1,1795775115825,1795861515825,NULL,NULL,0,X'0A434260CBD3F6CA6C106D6ECFD85257141A580E06B6994851125B4CD66461BA',1,1,1,0,0,0,0,'anon_RpBNlHh05FKg',4);
CREATE INDEX room_due ON room (expires_at) WHERE ended_at IS NULL;
CREATE INDEX room_unpurged ON room (ended_at) WHERE ended_at IS NOT NULL AND NOT purged;
CREATE UNIQUE INDEX entry_sent ON entry (room_id, participant_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX room_media ON room (store_history, media_bytes) WHERE media_bytes > 0;
CREATE INDEX pass_of ON pass (room_id, participant_id, number);
CREATE INDEX entry_edits ON entry (room_id, edits) WHERE edits IS NOT NULL;
CREATE INDEX participant_number ON participant (room_id, number);
CREATE INDEX participant_inside ON participant (room_id, number) WHERE inside;
CREATE INDEX room_purged ON room (ended_at) WHERE purged;
COMMIT;
