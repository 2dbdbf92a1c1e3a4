#pragma once

#include <stddef.h>
#include <stdint.h>

/// The compact weights of the stance model: see `StanceModel.init(compact:)`.
const uint8_t *hearsay_stance_weights(void);
/// Their length in bytes.
size_t hearsay_stance_weights_count(void);

/// Has the processor fetch the cache line at `address`, which need not be readable.
static inline void hearsay_prefetch(const void *address) { __builtin_prefetch(address); }
