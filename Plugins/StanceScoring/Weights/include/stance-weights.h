#pragma once

#include <stddef.h>
#include <stdint.h>

/// The compact weights of the stance model: see `StanceModel.init(compact:)`.
const uint8_t *hearsay_stance_weights(void);
/// Their length in bytes.
size_t hearsay_stance_weights_count(void);
