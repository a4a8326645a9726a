//! The vectors of the RFC, and what has to hold for every key and input.

use curve25519_dalek::Scalar;
use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// The sets of appendix A.1 of the RFC.
const RFC: &str = include_str!("../../fixtures/rfc9497_ristretto255.json");
/// All vectors of the working group, where the folder is there.
const ALL: &str = "../../../shared/data/leak/oprf/rfc9497_allVectors.json";

fn unhex(text: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

fn field(value: &Value, name: &str) -> Vec<u8> {
    unhex(value[name].as_str().unwrap_or_else(|| panic!("no {name}")))
}

fn list(value: &Value, name: &str) -> Vec<Vec<u8>> {
    value[name].as_str().unwrap().split(',').map(unhex).collect()
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap()
}

fn elements(bytes: &[Vec<u8>]) -> Vec<Element> {
    bytes.iter().map(|bytes| Element::decode(&array(bytes), 0).unwrap()).collect()
}

/// Holds one set of vectors against the implementation, and says how many there were.
fn check_set(set: &Value) -> usize {
    let mode = [Mode::Oprf, Mode::Voprf, Mode::Poprf][set["mode"].as_u64().unwrap() as usize];
    let key = SecretKey::derive(mode, &array(&field(set, "seed")), &field(set, "keyInfo")).unwrap();
    assert_eq!(key.scalar().as_bytes().to_vec(), field(set, "skSm"));
    assert_eq!(SecretKey::from_bytes(array(&field(set, "skSm"))).unwrap().scalar(), key.scalar());
    if set.get("pkSm").is_some() {
        assert_eq!(key.public().as_bytes().to_vec(), field(set, "pkSm"));
    }
    let vectors = set["vectors"].as_array().unwrap();
    for vector in vectors {
        check_vector(mode, &key, vector);
    }
    vectors.len()
}

fn check_vector(mode: Mode, key: &SecretKey, vector: &Value) {
    let inputs = list(vector, "Input");
    let blinds: Vec<Blind> = list(vector, "Blind")
        .iter()
        .map(|bytes| Blind::from_bytes(array(bytes)).unwrap())
        .collect();
    let blinded = blind_batch(mode, &inputs, &blinds).unwrap();
    assert_eq!(blinded, elements(&list(vector, "BlindedElement")));
    assert_eq!(blinded[0], blind(mode, &inputs[0], &blinds[0]).unwrap());
    let (evaluator, finalizer) = match mode {
        Mode::Oprf => (Evaluator::oprf(key), Finalizer::oprf()),
        Mode::Voprf => (Evaluator::voprf(key), Finalizer::voprf(&key.public())),
        Mode::Poprf => {
            let info = field(vector, "Info");
            let finalizer = Finalizer::poprf(&key.public(), &info).unwrap();
            (Evaluator::poprf(key, &info).unwrap(), finalizer)
        }
    };
    let evaluated = evaluator.blind_evaluate(&blinded);
    assert_eq!(evaluated, elements(&list(vector, "EvaluationElement")));
    let proof = (mode != Mode::Oprf).then(|| {
        let random = Scalar::from_canonical_bytes(array(&field(&vector["Proof"], "r"))).unwrap();
        let proof = evaluator.prove_with(&blinded, &evaluated, &random).unwrap();
        assert_eq!(proof.to_bytes().to_vec(), field(&vector["Proof"], "proof"));
        assert_eq!(Proof::decode(&proof.to_bytes()).unwrap(), proof);
        proof
    });
    finalizer.check(&blinded, &evaluated, proof.as_ref()).unwrap();
    let outputs = finalizer.finalize(&inputs, &blinds, &evaluated).unwrap();
    let expected = list(vector, "Output");
    let bytes = |outputs: &[Output]| -> Vec<Vec<u8>> {
        outputs.iter().map(|output| output.as_bytes().to_vec()).collect()
    };
    assert_eq!(bytes(&outputs), expected);
    assert_eq!(bytes(&evaluator.evaluate(&inputs).unwrap()), expected);
}

#[test]
fn the_vectors_of_the_rfc_hold_in_all_three_modes() {
    let sets: Value = serde_json::from_str(RFC).unwrap();
    let counts: Vec<usize> = sets["sets"].as_array().unwrap().iter().map(check_set).collect();
    assert_eq!(counts, [2, 3, 3]);
}

#[test]
fn all_vectors_of_the_working_group_for_this_suite_hold() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(ALL);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("PASSED OVER: the vectors of the working group are not at {}", path.display());
        return;
    };
    let sets: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mine = sets.iter().filter(|set| set["identifier"] == "ristretto255-SHA512");
    let counts: Vec<usize> = mine.map(check_set).collect();
    assert_eq!(counts.len(), 3);
    assert!(counts.iter().all(|&count| count >= 2), "{counts:?}");
}

#[test]
fn encodings_that_are_none_and_the_identity_are_refused_by_name() {
    let minus_one = {
        // 2^255 - 20: an encoding of -1, which is no element, and p + 1 as a second one of 1.
        let mut bytes = [0xff; 32];
        (bytes[0], bytes[31]) = (0xec, 0x7f);
        bytes
    };
    let mut over = minus_one;
    over[0] = 0xee;
    let mut high_bit = *SecretKey::derive(Mode::Oprf, &[1; 32], b"").unwrap().public().as_bytes();
    high_bit[31] |= 0x80;
    for (name, bytes, code) in [
        ("the identity", [0; 32], "E0731"),
        ("all ones", [0xff; 32], "E0730"),
        ("minus one", minus_one, "E0730"),
        ("a field element over the prime", over, "E0730"),
        ("a negative field element", [1; 32], "E0730"),
        ("the unused bit set", high_bit, "E0730"),
    ] {
        let refused = Element::decode(&bytes, 7).unwrap_err();
        assert_eq!(refused.code(), code, "{name}");
        assert!(refused.to_string().contains("element 7"), "{refused}");
        assert_eq!(PublicKey::decode(&bytes).unwrap_err().code(), code, "{name}");
    }
    for (name, bytes) in [("zero", [0; 32]), ("over the order", [0xff; 32])] {
        assert_eq!(SecretKey::from_bytes(bytes).unwrap_err().code(), "E0732", "{name}");
        assert_eq!(Blind::from_bytes(bytes).unwrap_err().code(), "E0732", "{name}");
    }
    assert_eq!(Proof::decode(&[0xff; 64]).unwrap_err().code(), "E0732");
}

#[test]
fn a_key_that_its_public_input_cancels_is_refused() {
    let key = Mode::Poprf.to_scalar(&[b"Info", &[0, 1], b"x"]);
    let key = SecretKey::from_bytes((-key).to_bytes()).unwrap();
    assert_eq!(key.tweak(b"x").unwrap_err(), Error::NoInverse);
    assert_eq!(key.public().tweak(b"x").unwrap_err(), Error::NoInverse);
    assert!(key.tweak(b"y").is_ok());
    let long = vec![0; MAX_INPUT + 1];
    assert_eq!(key.tweak(&long).unwrap_err().code(), "E0734");
    let one = Blind::from_random(&[1; 64]).unwrap();
    assert_eq!(blind(Mode::Oprf, &long, &one).unwrap_err().code(), "E0734");
    assert_eq!(blind_batch(Mode::Oprf, &[&long], &[one]).unwrap_err().code(), "E0734");
}

#[test]
fn nothing_secret_is_shown() {
    let key = SecretKey::derive(Mode::Poprf, &[1; 32], b"").unwrap();
    let evaluator = Evaluator::poprf(&key, b"i").unwrap();
    let shown = format!("{key:?} {evaluator:?} {:?}", evaluator.evaluate(&[b"x"]).unwrap());
    assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
}

/// A batch of answers and what it takes to check it.
struct Batch {
    finalizer: Finalizer,
    blinded: Vec<Element>,
    evaluated: Vec<Element>,
    proof: Proof,
}

fn batch(seed: u8, mode: Mode, info: &[u8], inputs: &[Vec<u8>]) -> Batch {
    let key = SecretKey::derive(mode, &[seed; 32], b"").unwrap();
    let (evaluator, finalizer) = match mode {
        Mode::Poprf => {
            (Evaluator::poprf(&key, info).unwrap(), Finalizer::poprf(&key.public(), info).unwrap())
        }
        _ => (Evaluator::voprf(&key), Finalizer::voprf(&key.public())),
    };
    let blinds = blinds(inputs.len());
    let blinded = blind_batch(mode, inputs, &blinds).unwrap();
    let evaluated = evaluator.blind_evaluate(&blinded);
    let proof = evaluator.prove(&blinded, &evaluated, &[9; 64]).unwrap();
    let outputs = finalizer.finalize(inputs, &blinds, &evaluated).unwrap();
    assert_eq!(outputs, evaluator.evaluate(inputs).unwrap());
    Batch { finalizer, blinded, evaluated, proof }
}

fn blinds(count: usize) -> Vec<Blind> {
    (0..count).map(|at| Blind::from_random(&[at as u8 + 1; 64]).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn asking_blindly_gives_what_evaluating_directly_gives(
        seed: u8,
        info in proptest::collection::vec(any::<u8>(), 0..40),
        inputs in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 1..9),
    ) {
        for mode in [Mode::Voprf, Mode::Poprf] {
            let made = batch(seed, mode, &info, &inputs);
            made.finalizer.check(&made.blinded, &made.evaluated, Some(&made.proof)).unwrap();
        }
    }

    #[test]
    fn a_proof_holds_for_nothing_but_its_own_batch(
        seed in 0_u8..100,
        at in 0_usize..4,
        byte in 0_usize..64,
    ) {
        let inputs: Vec<Vec<u8>> = (0..4).map(|at| vec![at]).collect();
        for mode in [Mode::Voprf, Mode::Poprf] {
            let one = batch(seed, mode, b"i", &inputs);
            let other = batch(seed + 1, mode, b"i", &inputs);
            let check = |evaluated: &[Element], proof| {
                one.finalizer.check(&one.blinded, evaluated, proof)
            };
            // One answer of another key among those of the right one.
            let mut mixed = one.evaluated.clone();
            mixed[at] = other.evaluated[at];
            prop_assert_eq!(check(&mixed, Some(&one.proof)), Err(Error::Proof));
            // Two answers exchanged.
            let mut swapped = one.evaluated.clone();
            swapped.swap(at, (at + 1) % 4);
            prop_assert_eq!(check(&swapped, Some(&one.proof)), Err(Error::Proof));
            // All answers and the proof of another key.
            prop_assert_eq!(check(&other.evaluated, Some(&other.proof)), Err(Error::Proof));
            prop_assert_eq!(check(&one.evaluated, None), Err(Error::Proof));
            let mut bytes = one.proof.to_bytes();
            bytes[byte] ^= 1;
            if let Ok(proof) = Proof::decode(&bytes) {
                let changed = one.finalizer.check(&one.blinded, &one.evaluated, Some(&proof));
                prop_assert_eq!(changed, Err(Error::Proof));
            }
        }
    }
}
