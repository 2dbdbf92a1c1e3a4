#pragma once

#include <stddef.h>
#include <stdint.h>

/// The compact weights of the model of sentence beginnings: see `BeginningModel.init(compact:)`.
const uint8_t *hearsay_sentence_weights(void);
/// Their length in bytes.
size_t hearsay_sentence_weights_count(void);
