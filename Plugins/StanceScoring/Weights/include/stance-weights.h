#pragma once

#include <stddef.h>
#include <stdint.h>

/// The file of weights of the stance model: see `StanceModel`.
const uint8_t *hearsay_stance_weights(void);
/// Its length in bytes.
size_t hearsay_stance_weights_count(void);
/// The words with a polarity, a line each.
const uint8_t *hearsay_stance_polarity(void);
/// Their length in bytes.
size_t hearsay_stance_polarity_count(void);

/// Prefetches the cache line at `address`, which need not be readable.
static inline void hearsay_prefetch(const void *address) { __builtin_prefetch(address); }
