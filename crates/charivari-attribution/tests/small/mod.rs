//! A small invented world: six actors, a table of reports, and cases.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![allow(dead_code, reason = "not every test needs all of it")]

use charivari_attribution::{Knowledge, Profile, Reports};

/// The table of reports.
pub(crate) const REPORTS: &str = "\
version\tinvented
campaign\tC0001\tG0001
use\tHarbour Watch 2020\tG0001\tT1001,T1002,T1003,T1010\tS0001
use\tKettle Letter 2021\tG0001\tT1001,T1002,T1004,T1011\t
use\tLantern Notes 2021\tG0002\tT1003,T1005,T1006,T1010\tS0002
use\tLantern Notes 2022\tG0002\tT1005,T1006,T1007,T1011\tS0002
use\tOrchard Paper 2019\tG0003\tT1001,T1008,T1009,T1010\tS0003
use\tQuarry Review 2022\tG0004\tT1010,T1011,T1012\t
use\tRiver Desk 2023\tC0001\tT1002,T1013,T1010\tS0001
use\tStation Report 2018\tC0002\tT1010,T1011\t
use\tTool Book 2017\tS0001\tT1001,T1002,T1014\t
use\tTool Book 2017\tS0002\tT1005,T1015\t
";

/// The cases.
pub(crate) const CASES: &str = r#"{
  "profiles": "profiles.json",
  "cases": [
    {"id": "invented/G0001/Harbour Watch 2020", "kind": "loro",
     "query_techniques": ["T1001", "T1002", "T1003", "T1010"], "query_software": ["S0001"],
     "true_actor": ["G0001"], "true_country": ["AA"],
     "remove_techniques": {"G0001": ["T1003"]}, "remove_software": {},
     "drop_citations": ["Harbour Watch 2020"]},
    {"id": "invented/G0002/Lantern Notes 2022", "kind": "loro",
     "query_techniques": ["T1005", "T1006", "T1007", "T1011"], "query_software": ["S0002"],
     "true_actor": ["G0002"], "true_country": ["BB"],
     "remove_techniques": {"G0002": ["T1007"]}, "remove_software": {},
     "drop_citations": ["Lantern Notes 2022"]},
    {"id": "invented/G0003/Orchard Paper 2019", "kind": "loro",
     "query_techniques": ["T1001", "T1008", "T1009"], "query_software": [],
     "true_actor": ["G0003"], "true_country": [null],
     "remove_techniques": {"G0003": ["T1001", "T1008", "T1009", "T1010"]},
     "drop_citations": ["Orchard Paper 2019"]},
    {"id": "invented/C0001", "kind": "campaign",
     "query_techniques": ["T1002", "T1013", "T1010"], "query_software": ["S0001"],
     "true_actor": ["G0001"], "true_country": ["AA"],
     "remove_techniques": {"G0001": ["T1013"]}, "drop_citations": []}
  ]
}"#;

/// Observations of an invented case.
pub(crate) const OBSERVATIONS: &str = r#"title = "invented"
[[observation]]
id = "o1"
what = "target=country:FR"
grade = "B2"
source = "a paper"
evidence = ["E1"]
date = "2023-01-04"
[[observation]]
id = "o2"
what = "attack:T0001"
standing = "inferred"
source = "nobody"
[[denial]]
who = "One"
text = "denies it"
source = "a paper"
"#;

/// An analyst's cells.
pub(crate) const CELLS: &str = r#"[[cell]]
what = "target=country:FR"
answer = "criminal"
reading = "inconsistent"
strong = true
who = "An analyst"
why = "Nothing was sold."
"#;

/// The profiles as a file.
pub(crate) const PROFILES: &str = r#"{"attack_version": "invented", "groups": [
  {"id": "G0001", "name": "Zqxharbour", "country": "AA",
   "techniques": ["T1001", "T1002", "T1003", "T1004", "T1010", "T1011", "T1013"], "software": ["S0001"]},
  {"id": "G0002", "name": "Zqxlantern", "country": "BB",
   "techniques": ["T1003", "T1005", "T1006", "T1007", "T1010", "T1011"], "software": ["S0002"]},
  {"id": "G0003", "name": "Zqxorchard", "country": null,
   "techniques": ["T1001", "T1008", "T1009", "T1010"], "software": ["S0003"]},
  {"id": "G0004", "name": "Zqxquarry", "country": "AA",
   "techniques": ["T1010", "T1011", "T1012"], "software": []},
  {"id": "G0005", "name": "Zqxnobody", "country": "BB", "techniques": ["T1016"], "software": []},
  {"id": "G0006", "name": "Zqxhollow", "country": "BB", "techniques": [], "software": ["S0002"]}
]}"#;

/// Who is known.
pub(crate) fn profiles() -> Vec<Profile> {
    charivari_attribution::Profiles::read(PROFILES.as_bytes()).unwrap().actors
}

/// Everything that is known.
pub(crate) fn knowledge() -> Knowledge {
    Knowledge::new(profiles(), &Reports::read(REPORTS.as_bytes()).unwrap()).unwrap()
}
