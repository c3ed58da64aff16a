//! libursa.so for the Python package python-ursa 0.1.1: the BLS functions (curve BN254) that indy-plenum calls, over the crate that
//! indy-vdr itself verifies state proofs with. The published ursa crate has no C interface.
use indy_blssignatures::{Bls, Generator, MultiSignature, ProofOfPossession, SignKey, Signature, VerKey};
use std::os::raw::c_void;
use std::slice;

const OK: i32 = 0;
const INVALID_PARAM: i32 = 100;
const INVALID_STRUCTURE: i32 = 113;

unsafe fn bytes<'a>(p: *const u8, n: usize) -> Option<&'a [u8]> {
    if p.is_null() { None } else { Some(slice::from_raw_parts(p, n)) }
}
unsafe fn put<T>(out: *mut *const c_void, v: T) -> i32 {
    *out = Box::into_raw(Box::new(v)) as *const c_void;
    OK
}

macro_rules! entity {
    ($ty:ty, $from:ident, $as:ident, $free:ident) => {
        #[no_mangle]
        pub unsafe extern "C" fn $from(b: *const u8, n: usize, out: *mut *const c_void) -> i32 {
            let Some(b) = bytes(b, n) else { return INVALID_PARAM };
            match <$ty>::from_bytes(b) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
        }
        #[no_mangle]
        pub unsafe extern "C" fn $as(h: *const c_void, b: *mut *const u8, n: *mut usize) -> i32 {
            let Some(v) = (h as *const $ty).as_ref() else { return INVALID_PARAM };
            let s = v.as_bytes();
            *b = s.as_ptr();
            *n = s.len();
            OK
        }
        #[no_mangle]
        pub unsafe extern "C" fn $free(h: *const c_void) -> i32 {
            if h.is_null() { return INVALID_PARAM; }
            drop(Box::from_raw(h as *mut $ty));
            OK
        }
    };
}
entity!(Generator, ursa_bls_generator_from_bytes, ursa_bls_generator_as_bytes, ursa_bls_generator_free);
entity!(SignKey, ursa_bls_sign_key_from_bytes, ursa_bls_sign_key_as_bytes, ursa_bls_sign_key_free);
entity!(VerKey, ursa_bls_ver_key_from_bytes, ursa_bls_ver_key_as_bytes, ursa_bls_ver_key_free);
entity!(ProofOfPossession, ursa_bls_pop_from_bytes, ursa_bls_pop_as_bytes, ursa_bls_pop_free);
entity!(Signature, ursa_bls_signature_from_bytes, ursa_bls_signature_as_bytes, ursa_bls_signature_free);
entity!(MultiSignature, ursa_bls_multi_signature_from_bytes, ursa_bls_multi_signature_as_bytes, ursa_bls_multi_signature_free);

macro_rules! deref {
    ($h:expr, $ty:ty) => { match ($h as *const $ty).as_ref() { Some(v) => v, None => return INVALID_PARAM } };
}
unsafe fn refs<'a, T>(p: *const *const c_void, n: usize) -> Option<Vec<&'a T>> {
    if p.is_null() { return None; }
    slice::from_raw_parts(p, n).iter().map(|h| (*h as *const T).as_ref()).collect()
}

#[no_mangle]
pub unsafe extern "C" fn ursa_set_logger(_c: *const c_void, _e: *const c_void, _l: *const c_void, _f: *const c_void) -> i32 { OK }

#[no_mangle]
pub unsafe extern "C" fn ursa_bls_generator_new(out: *mut *const c_void) -> i32 {
    match Generator::new() { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_sign_key_new(seed: *const u8, n: usize, out: *mut *const c_void) -> i32 {
    match SignKey::new(bytes(seed, n)) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_ver_key_new(g: *const c_void, k: *const c_void, out: *mut *const c_void) -> i32 {
    match VerKey::new(deref!(g, Generator), deref!(k, SignKey)) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_pop_new(vk: *const c_void, k: *const c_void, out: *mut *const c_void) -> i32 {
    match ProofOfPossession::new(deref!(vk, VerKey), deref!(k, SignKey)) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_multi_signature_new(sigs: *const *const c_void, n: usize, out: *mut *const c_void) -> i32 {
    let Some(v) = refs::<Signature>(sigs, n) else { return INVALID_PARAM };
    match MultiSignature::new(&v) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_sign(m: *const u8, n: usize, k: *const c_void, out: *mut *const c_void) -> i32 {
    let Some(m) = bytes(m, n) else { return INVALID_PARAM };
    match Bls::sign(m, deref!(k, SignKey)) { Ok(v) => put(out, v), Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_verify(s: *const c_void, m: *const u8, n: usize, vk: *const c_void, g: *const c_void, valid: *mut bool) -> i32 {
    let Some(m) = bytes(m, n) else { return INVALID_PARAM };
    match Bls::verify(deref!(s, Signature), m, deref!(vk, VerKey), deref!(g, Generator)) { Ok(v) => { *valid = v; OK } Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_verify_pop(p: *const c_void, vk: *const c_void, g: *const c_void, valid: *mut bool) -> i32 {
    match Bls::verify_proof_of_posession(deref!(p, ProofOfPossession), deref!(vk, VerKey), deref!(g, Generator)) { Ok(v) => { *valid = v; OK } Err(_) => INVALID_STRUCTURE }
}
#[no_mangle]
pub unsafe extern "C" fn ursa_bls_verify_multi_sig(s: *const c_void, m: *const u8, n: usize, vks: *const *const c_void, vn: usize, g: *const c_void, valid: *mut bool) -> i32 {
    let Some(m) = bytes(m, n) else { return INVALID_PARAM };
    let Some(v) = refs::<VerKey>(vks, vn) else { return INVALID_PARAM };
    match Bls::verify_multi_sig(deref!(s, MultiSignature), m, &v, deref!(g, Generator)) { Ok(v) => { *valid = v; OK } Err(_) => INVALID_STRUCTURE }
}
