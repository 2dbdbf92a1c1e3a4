#pragma once

/// The version of Hearsay.
#define HEARSAY_VERSION "0.1.0"

/// Stands before the fingerprint in a plugin's file, where the host finds it without running anything of the plugin.
#define HEARSAY_FINGERPRINT_MARKER "hearsay-fingerprint:"

/// The compiler that the calling code was built with.
static inline const char *_Nonnull hearsay_compiler(void) { return __VERSION__; }
