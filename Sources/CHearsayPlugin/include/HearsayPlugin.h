#pragma once

/// The version of Hearsay.
#define HEARSAY_VERSION "0.1.0"

/// What a plugin and the `hearsay` that loads it must have in common: the SDK and the compiler. It is compiled into
/// whoever calls it, so a plugin has its own and not that of its host.
static inline const char *_Nonnull hearsay_fingerprint(void) {
  return "Hearsay " HEARSAY_VERSION ", " __VERSION__;
}
