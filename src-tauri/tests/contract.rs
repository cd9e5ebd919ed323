//! The committed TypeScript contract is exactly what the lists of commands say. With `GLOSS_WRITE_CONTRACT=1` it is
//! written anew instead.

use std::path::Path;

#[test]
fn the_contract_is_what_the_lists_of_commands_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/contract.ts");
    let contract = gloss_shell::contract();
    if std::env::var_os("GLOSS_WRITE_CONTRACT").is_some() {
        std::fs::write(&file, &contract).expect("the contract is written");
    }
    let committed = std::fs::read_to_string(&file).expect("the contract is committed");
    assert!(committed == contract, "ui/src/api/contract.ts is stale: run cargo xtask contract");
}
