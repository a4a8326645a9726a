# Invented members of a forum as a MySQL dump, 533 MB, for measuring: `awk -f checks/members.awk > members.sql`.
# The same numbers each time with the same awk; nobody in it exists.
BEGIN {
  srand(7); hex = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  print "CREATE TABLE `members` (`id` int, `name` varchar(60), `email` varchar(120), `password` char(60), `joined` datetime, `ip` varchar(45), `city` varchar(80), `posts` int);";
  for (i = 1; i <= 3000000; i++) {
    if (i % 1000 == 1) printf "INSERT INTO `members` VALUES ";
    hash = ""; for (k = 0; k < 53; k++) hash = hash substr(hex, 1 + int(64 * rand()), 1);
    printf "(%d,'zqxname%d','zqx%d.%d@example.org','$2y$10$%s','20%02d-%02d-%02d %02d:%02d:%02d','192.0.2.%d','Zqxville-sur-Zqx%d',%d)", i, int(9e6*rand()), i, int(90*rand()), hash, 5+int(18*rand()), 1+int(12*rand()), 1+int(28*rand()), int(24*rand()), int(60*rand()), int(60*rand()), int(256*rand()), int(900*rand()), int(400*rand()*rand());
    printf (i % 1000 == 0) ? ";\n" : ",";
  }
}
