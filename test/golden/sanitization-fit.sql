-- obstacles: tables
-- @1 = 'CUSTTABLE'
-- @2 = 'USERINFO'
-- @3 = 'CUSTTABLE'
-- @4 = 'USERINFO'

      SELECT t.*, s.name AS [schema], k.object_id AS tracked_id,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT') AS may_select,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'UPDATE') AS may_update,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'DELETE') AS may_delete,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'ALTER') AS may_alter,
        HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UNMASK') AS may_unmask,
        HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'VIEW DEFINITION') AS sees_everything
      FROM sys.tables AS t
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      LEFT JOIN sys.change_tracking_tables AS k ON k.object_id = t.object_id
      WHERE s.name NOT IN ('sys', 'cdc', 'rewind')
        AND (t.name IN (@1, @2)
          OR t.object_id IN (SELECT h.history_table_id FROM sys.tables AS h WHERE h.name IN (@3, @4)))
      ORDER BY s.name, t.name
GO

-- obstacles: columns

      SELECT c.*, y.name AS base, x.definition,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT', c.name, 'COLUMN') AS may_select,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'UPDATE', c.name, 'COLUMN') AS may_update
      FROM sys.columns AS c
      JOIN sys.tables AS t ON t.object_id = c.object_id
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      LEFT JOIN sys.types AS y ON y.user_type_id = c.system_type_id
      LEFT JOIN sys.computed_columns AS x ON x.object_id = c.object_id AND x.column_id = c.column_id
      WHERE c.object_id IN (1000001, 1000002)
      ORDER BY c.object_id, c.column_id
GO

-- obstacles: indexes

      SELECT i.object_id AS id, i.name AS [index], k.key_ordinal AS position, QUOTENAME(c.name) AS [key], c.name AS [column],
        i.filter_definition AS filter, 1 AS nulls_are_equal
      FROM sys.indexes AS i
      JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.key_ordinal > 0
      JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id
      WHERE i.is_unique = 1 AND i.is_disabled = 0 AND i.ignore_dup_key = 0 AND i.object_id IN (1000001, 1000002)
      ORDER BY i.object_id, i.name, k.key_ordinal
GO

-- obstacles: checks

      SELECT parent_object_id AS id, name, definition FROM sys.check_constraints
      WHERE is_disabled = 0 AND parent_object_id IN (1000001, 1000002) ORDER BY parent_object_id, name
GO

-- obstacles: foreignKeys

      SELECT f.parent_object_id AS id, f.name, s.name AS [schema], t.name AS [table], c.name AS [column],
        f.referenced_object_id AS to_id, ts.name AS to_schema, tt.name AS to_table, tc.name AS to_column,
        k.constraint_column_id AS position
      FROM sys.foreign_keys AS f
      JOIN sys.foreign_key_columns AS k ON k.constraint_object_id = f.object_id
      JOIN sys.tables AS t ON t.object_id = f.parent_object_id
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      JOIN sys.columns AS c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id
      JOIN sys.tables AS tt ON tt.object_id = f.referenced_object_id
      JOIN sys.schemas AS ts ON ts.schema_id = tt.schema_id
      JOIN sys.columns AS tc ON tc.object_id = k.referenced_object_id AND tc.column_id = k.referenced_column_id
      WHERE f.is_disabled = 0 AND (f.parent_object_id IN (1000001, 1000002) OR f.referenced_object_id IN (1000001, 1000002))
      ORDER BY f.parent_object_id, f.name, k.constraint_column_id
GO

-- obstacles: triggers

      SELECT g.parent_id AS id, g.name, 'trigger' AS kind, CASE g.is_disabled WHEN 1 THEN 'off' ELSE 'on' END AS state,
        m.definition AS [text]
      FROM sys.triggers AS g
      LEFT JOIN sys.sql_modules AS m ON m.object_id = g.object_id
      WHERE g.parent_id IN (1000001, 1000002) ORDER BY g.parent_id, g.name
GO

-- obstacles: policies

      SELECT DISTINCT d.target_object_id AS id
      FROM sys.security_predicates AS d
      JOIN sys.security_policies AS p ON p.object_id = d.object_id
      WHERE p.is_enabled = 1 AND d.target_object_id IN (1000001, 1000002)
      ORDER BY d.target_object_id
GO

-- obstacles: views

      SELECT DISTINCT d.referenced_id AS id, s.name AS [schema], v.name AS [view],
        CASE WHEN i.index_id IS NULL THEN 'view' ELSE 'indexed' END AS kind, 1 AS is_filled, 1 AS depth
      FROM sys.sql_expression_dependencies AS d
      JOIN sys.views AS v ON v.object_id = d.referencing_id
      JOIN sys.schemas AS s ON s.schema_id = v.schema_id
      LEFT JOIN sys.indexes AS i ON i.object_id = v.object_id AND i.index_id = 1
      WHERE d.referenced_id IN (1000001, 1000002) ORDER BY d.referenced_id, s.name, v.name
GO

-- dbo.CUSTTABLE.ACCOUNTNUM belongs to unique index I_ACCOUNT, which tells values apart that masks take for the same
select count_big(*) as "rows" from (select 1 as "one" from (select case when 1 = 1 then case when rtrim("ACCOUNTNUM") <> '' then concat('~', RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2) else "ACCOUNTNUM" end else "ACCOUNTNUM" end as "ACCOUNTNUM", case when 1 = 1 then case when rtrim("NAME") <> '' then '~' else "NAME" end else "NAME" end as "NAME", case when 1 = 1 then case when rtrim("PARENT") <> '' then concat('~', RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2) else "PARENT" end else "PARENT" end as "PARENT" from (select "ACCOUNTNUM", "NAME", "PARENT" from "dbo"."CUSTTABLE") as t) as t where (rtrim("ACCOUNTNUM") <> '') group by [DATAAREAID], [ACCOUNTNUM] having count(*) > 1) as g
GO

-- dbo.CUSTTABLE.NAME belongs to unique index I_NAME, in which several made-up values (person) can be the same
select count_big(*) as "rows" from (select 1 as "one" from (select case when 1 = 1 then case when rtrim("ACCOUNTNUM") <> '' then concat('~', RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2) else "ACCOUNTNUM" end else "ACCOUNTNUM" end as "ACCOUNTNUM", case when 1 = 1 then case when rtrim("NAME") <> '' then '~' else "NAME" end else "NAME" end as "NAME", case when 1 = 1 then case when rtrim("PARENT") <> '' then concat('~', RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2) else "PARENT" end else "PARENT" end as "PARENT" from (select "ACCOUNTNUM", "NAME", "PARENT" from "dbo"."CUSTTABLE") as t) as t where (rtrim("NAME") <> '') group by [DATAAREAID] having count(*) > 1) as g
GO

-- dbo.CUSTTABLE.ACCOUNTNUM has values that its collation SQL_Latin1_General_CP1_CI_AS calls equal, and masks do not
select count_big(*) as "rows" from "dbo"."CUSTTABLE" as a where RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 like N'%[^ -~]%' and exists (select 1 from "dbo"."CUSTTABLE" as b where "b"."ACCOUNTNUM" = "a"."ACCOUNTNUM" and RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("b"."ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 <> RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2)
GO

-- dbo.CUSTTABLE.NAME has values that its collation SQL_Latin1_General_CP1_CI_AS calls equal, and masks do not
select count_big(*) as "rows" from "dbo"."CUSTTABLE" as a where RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."NAME" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 like N'%[^ -~]%' and exists (select 1 from "dbo"."CUSTTABLE" as b where "b"."NAME" = "a"."NAME" and RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("b"."NAME" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 <> RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."NAME" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2)
GO

-- dbo.CUSTTABLE.PARENT has values that its collation SQL_Latin1_General_CP1_CI_AS calls equal, and masks do not
select count_big(*) as "rows" from "dbo"."CUSTTABLE" as a where RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 like N'%[^ -~]%' and exists (select 1 from "dbo"."CUSTTABLE" as b where "b"."PARENT" = "a"."PARENT" and RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("b"."PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 <> RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("a"."PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2)
GO

-- dbo.CUSTTABLE.PARENT has values that foreign key FK_PARENT finds in dbo.CUSTTABLE, and as made-up ones would not
select count_big(*) as "rows" from "dbo"."CUSTTABLE" as f join "dbo"."CUSTTABLE" as t on "t"."ACCOUNTNUM" = "f"."PARENT" where RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("f"."PARENT" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2 <> RTRIM(TRANSLATE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(("t"."ACCOUNTNUM" + N'') COLLATE Latin1_General_100_BIN2), N'ß', N'SS'), N'ẞ', N'SS'), N'Æ', N'AE'), N'Œ', N'OE'), N'Þ', N'TH'), N'­', N''), N'​', N''), N'‌', N''), N'‍', N''), N'﻿', N''), N' 　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀｛｜｝～', N'  !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~')) COLLATE Latin1_General_100_BIN2
GO

-- capture-ends: before the rules
-- @1 = 'dbo'
-- @2 = 'CUSTTABLE'
EXEC sys.sp_cdc_disable_table @source_schema = @1, @source_name = @2, @capture_instance = N'all'
GO
