#pragma once

#include <stddef.h>
#include <stdint.h>

/// The file of weights of the model of sentence beginnings: see `BeginningModel`.
const uint8_t *hearsay_sentence_weights(void);
/// Their length in bytes.
size_t hearsay_sentence_weights_count(void);
