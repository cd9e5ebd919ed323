//! `cargo xtask contract`: writes `ui/src/api/contract.ts` from the lists of commands.
//!
//! The test that guards the file also writes it, so the two cannot disagree on what belongs in it.

use crate::system::{self, Need};
use crate::{Outcome, step, window};

pub(crate) fn contract() -> Outcome {
    system::ensure(&[Need::Build])?;
    window::build()?;
    step::run(test().env("GLOSS_WRITE_CONTRACT", "1"))?;
    println!("ui/src/api/contract.ts is written.");
    Ok(())
}

/// The test that fails when the contract is stale.
pub(crate) fn test() -> std::process::Command {
    step::cargo(&["test", "--quiet", "--workspace", "--test", "contract"])
}
