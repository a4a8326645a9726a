//! Dumps of databases.

use charivari_ingest::tables::{TableLimits, TableOptions};

use crate::sink::{said, table};

/// One dump: its name, its text, the rows and what is said of the others.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "MySQL",
        "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `users`;\n\
         CREATE TABLE `users` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n  `name` varchar(80) DEFAULT NULL,\n  \
         `note` text COMMENT 'a, (b)',\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\nLOCK TABLES `users` WRITE;\n\
         INSERT INTO `users` VALUES (1,'Zqxmarlo O\\'B','line\\nbreak; ),('),(2,NULL,_binary 'x');\n\
         INSERT INTO `users` VALUES (3,'Zqxbero','');\nUNLOCK TABLES;\n",
        "# f users: id <int(11)> | name <varchar(80)> | note <text>\n\
         1: 1 | \"Zqxmarlo O'B\" | \"line\\nbreak; ),(\"\n2: 2 | \u{2205} | \"x\"\n3: 3 | \"Zqxbero\" | \"\"\n",
        "OtherStatement 3",
    ),
    (
        "PostgreSQL",
        "--\n-- PostgreSQL database dump\n--\nSET standard_conforming_strings = on;\n\
         CREATE TABLE public.users (\n    id integer NOT NULL,\n    name character varying(80)\n);\n\
         COPY public.users (id, name) FROM stdin;\n1\tZqxmarlo\n2\t\\N\n3\ta\\tb\\\\c\\nd\n\\.\n\n\
         INSERT INTO public.users (name, id) VALUES ('C:\\', 4), (E'it\\'s', 5), ($t$a'b$t$, 6);\n",
        "# f public.users: id <integer> | name <character varying(80)>\n1: \"1\" | \"Zqxmarlo\"\n\
         2: \"2\" | \u{2205}\n3: \"3\" | \"a\\tb\\\\c\\nd\"\n\
         # f public.users: name <character varying(80)> | id <integer>\n1: \"C:\\\\\" | 4\n2: \"it's\" | 5\n3: \"a'b\" | 6\n",
        "OtherStatement 1",
    ),
    (
        "SQLite",
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users (id INTEGER, name TEXT);\n\
         INSERT INTO users VALUES(1,'Zqxa''s');\nINSERT INTO users VALUES(2,X'00ff');\n\
         INSERT INTO users VALUES(3,unistr('Zqx\\u00e9'));\nCOMMIT;\n",
        "# f users: id <INTEGER> | name <TEXT>\n1: 1 | \"Zqxa's\"\n2: 2 | \"00ff\"\n3: 3 | \"Zqx\u{e9}\"\n",
        "OtherStatement 3, Binary 1",
    ),
    (
        "SQL Server",
        "SET IDENTITY_INSERT [dbo].[users] ON\nGO\n\
         INSERT [dbo].[users] ([id], [name]) VALUES (1, N'Zqxa')\n\
         INSERT [dbo].[users] ([id], [name]) VALUES (2, CAST(N'Zqxb' AS NVarChar(9)))\nGO\n",
        "# f dbo.users: id | name\n1: 1 | \"Zqxa\"\n2: 2 | \"Zqxb\"\n",
        "OtherStatement 1",
    ),
    (
        "no columns anywhere",
        "INSERT INTO t VALUES (1,'Zqxa'),(2,'Zqxb');",
        "# f t:  | \n1: 1 | \"Zqxa\"\n2: 2 | \"Zqxb\"\n",
        "",
    ),
    (
        "damage costs one row",
        "INSERT INTO `t` (a,b) VALUES (1,'Zqxa'),(2,'Zq'xb'),(3,'Zqxc'),(4),(5,'Zqxd',1),(6,'Zqxe');\n\
         INSERT INTO `t` (a,b) VALUES (7,'Zqxf'),;\nINSERT INTO `t` (a,b) VALUES (8,'Zqxg');\n",
        "# f t: a | b\n1: 1 | \"Zqxa\"\n3: 3 | \"Zqxc\"\n4: 4 | \u{2205}\n6: 6 | \"Zqxe\"\n7: 7 | \"Zqxf\"\n9: 8 | \"Zqxg\"\n",
        "E0231 1, E0233 2, ShortRow 1",
    ),
    (
        "a cut end",
        "INSERT INTO `t` (a,b) VALUES (1,'Zqxa'),(2,'Zq",
        "# f t: a | b\n1: 1 | \"Zqxa\"\n",
        "E0234 1, InTheMiddle(\"a row\")",
    ),
    (
        "a cut statement",
        "INSERT INTO `t` (a,b) VALUES (1,'Zqxa'),",
        "# f t: a | b\n1: 1 | \"Zqxa\"\n",
        "InTheMiddle(\"a statement\")",
    ),
    (
        "cut lines",
        "COPY t (a,b) FROM stdin;\n1\tZqxa\n2\tZq",
        "# f t: a | b\n1: \"1\" | \"Zqxa\"\n",
        "E0234 1, InTheMiddle(\"the lines of a COPY\")",
    ),
    (
        "backslashes switched off",
        "-- MySQL dump\n/*!40101 SET SQL_MODE='NO_BACKSLASH_ESCAPES' */;\nINSERT INTO `t` (a) VALUES ('C:\\'),('Zqx''b');\n",
        "# f t: a\n1: \"C:\\\\\"\n2: \"Zqx'b\"\n",
        "NoBackslashEscapes 1",
    ),
    (
        "rows after a clause, and from a query",
        "INSERT INTO `t` (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 'x;y';\nINSERT INTO `t` SELECT 1;\nREPLACE INTO `t` (a) VALUES (2);\n",
        "# f t: a\n1: 1\n2: 2\n",
        "InsertFromQuery 1",
    ),
    (
        "hostile names",
        "INSERT INTO `<b>`.`t\u{202e}` (`=1+1`) VALUES (1);\n",
        "# f <b>.t\u{202e}: =1+1\n1: 1\n",
        "",
    ),
];

#[test]
fn every_dump_gives_its_rows_wherever_the_blocks_are_cut() {
    for (name, text, rows, faults) in CASES {
        for block in [1, 2, 3, 5, 7, 11, 64, 1 << 20] {
            let table_limits = TableLimits { block, ..TableLimits::default() };
            let options = TableOptions { table_limits, ..TableOptions::default() };
            let (kept, reports) = table(text.as_bytes(), &options);
            assert_eq!(kept.text, *rows, "{name}, blocks of {block}");
            assert_eq!(said(&reports[0]), *faults, "{name}, blocks of {block}");
        }
    }
}
