//! Any dossier that reads at all is written in every form, twice the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::Dossier;
use report::EXPORTS;

fuzz_target!(|bytes: &[u8]| {
    let Ok(dossier) = serde_json::from_slice::<Dossier>(bytes) else { return };
    for export in EXPORTS {
        let (mut once, mut again) = (Vec::new(), Vec::new());
        (export.write)(&dossier, &mut once).expect("memory takes it");
        (export.write)(&dossier, &mut again).expect("memory takes it");
        assert!(once == again, "{}", export.card.id);
    }
});
