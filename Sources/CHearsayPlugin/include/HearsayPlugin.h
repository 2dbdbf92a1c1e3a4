#pragma once

/// The version of Hearsay.
#define HEARSAY_VERSION "0.1.0"

/// Stands before the fingerprint in a plugin's file, where the host finds it without running anything of the plugin.
#define HEARSAY_FINGERPRINT_MARKER "hearsay-fingerprint:"

/// What a plugin and the `hearsay` that loads it must have in common: the SDK and the compiler. It is compiled into
/// whoever calls it, so a plugin has its own and not that of its host.
static inline const char *_Nonnull hearsay_fingerprint(void) {
  // One literal: the marker and the text stay together in the file.
  return &(HEARSAY_FINGERPRINT_MARKER "Hearsay " HEARSAY_VERSION ", " __VERSION__)[
      sizeof(HEARSAY_FINGERPRINT_MARKER) - 1];
}
