//! Stub.
use super::{Context, Detector, Signs};
/// See the module's documentation.
pub(super) struct Profile;
impl Detector for Profile {
    fn name(&self) -> &'static str { "profile" }
    fn description(&self) -> &'static str { "To come." }
    fn innocent_explanations(&self) -> &'static [&'static str] { &["", "", ""] }
    fn needs(&self) -> &'static [&'static str] { &[] }
    fn run(&self, _: &Context<'_>) -> Signs { let mut s = Signs::default(); s.lacks("profile", "posts"); s }
}
