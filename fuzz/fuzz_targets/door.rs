//! Opens the door that the variable `DOOR` names with whatever the fuzzer makes up.
#![no_main]

use std::sync::LazyLock;

use framescope_fuzz::{Door, named};
use libfuzzer_sys::fuzz_target;

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let name = std::env::var("DOOR").expect("DOOR names a door");
    named(&name).unwrap_or_else(|| panic!("no door {name}"))
});

fuzz_target!(|bytes: &[u8]| DOOR(bytes));
