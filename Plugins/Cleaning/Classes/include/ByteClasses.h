// Classes of the bytes of a text, 64 bytes in one step: a bit a byte, the first byte's the lowest.
//
// In C because the vector types of Swift's library are no faster than one byte at a time. The functions are inlined into
// Swift, and what a caller does not use of the result is never computed.
#ifndef HEARSAY_BYTE_CLASSES_H
#define HEARSAY_BYTE_CLASSES_H

#include <stdint.h>

typedef struct {
  uint64_t newline;
  uint64_t space;
  /// Whether the byte is a space or a control character below it.
  uint64_t blank;
  /// Any control character but a line feed.
  uint64_t control;
  uint64_t ampersand;
  /// Outside ASCII.
  uint64_t high;
  uint64_t small;
  uint64_t capital;
  /// Full stop, exclamation or question mark.
  uint64_t stop;
  uint64_t colon;
  /// A straight quotation mark, or the last byte of a curly one.
  uint64_t quote;
} HearsayByteClasses;

#if defined(__SSE2__)
#include <emmintrin.h>

static inline HearsayByteClasses hearsay_byte_classes(const uint8_t *bytes) {
  HearsayByteClasses classes = {0};
  for (int part = 0; part < 4; part++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    const int shift = 16 * part;
#define HEARSAY_MASK(vector) ((uint64_t)(uint32_t)_mm_movemask_epi8(vector) << shift)
#define HEARSAY_EQUAL(byte) _mm_cmpeq_epi8(v, _mm_set1_epi8((char)(byte)))
#define HEARSAY_BETWEEN(low, high) \
  _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((low) - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8((high) + 1)))
    const __m128i newline = HEARSAY_EQUAL('\n');
    classes.newline |= HEARSAY_MASK(newline);
    classes.space |= HEARSAY_MASK(HEARSAY_EQUAL(' '));
    classes.blank |= HEARSAY_MASK(HEARSAY_BETWEEN(0, 0x20));
    classes.control |=
        HEARSAY_MASK(_mm_or_si128(_mm_andnot_si128(newline, HEARSAY_BETWEEN(0, 0x1F)), HEARSAY_EQUAL(0x7F)));
    classes.ampersand |= HEARSAY_MASK(HEARSAY_EQUAL('&'));
    classes.high |= HEARSAY_MASK(v);
    classes.small |= HEARSAY_MASK(HEARSAY_BETWEEN('a', 'z'));
    classes.capital |= HEARSAY_MASK(HEARSAY_BETWEEN('A', 'Z'));
    classes.stop |=
        HEARSAY_MASK(_mm_or_si128(HEARSAY_EQUAL('.'), _mm_or_si128(HEARSAY_EQUAL('!'), HEARSAY_EQUAL('?'))));
    classes.colon |= HEARSAY_MASK(HEARSAY_EQUAL(':'));
    classes.quote |=
        HEARSAY_MASK(_mm_or_si128(HEARSAY_EQUAL('"'), _mm_or_si128(HEARSAY_EQUAL(0x9C), HEARSAY_EQUAL(0x9D))));
#undef HEARSAY_MASK
#undef HEARSAY_EQUAL
#undef HEARSAY_BETWEEN
  }
  return classes;
}

#else

static inline HearsayByteClasses hearsay_byte_classes(const uint8_t *bytes) {
  HearsayByteClasses classes = {0};
  for (int i = 0; i < 64; i++) {
    const uint8_t b = bytes[i];
    classes.newline |= (uint64_t)(b == '\n') << i;
    classes.space |= (uint64_t)(b == ' ') << i;
    classes.blank |= (uint64_t)(b <= 0x20) << i;
    classes.control |= (uint64_t)((b < 0x20 && b != '\n') || b == 0x7F) << i;
    classes.ampersand |= (uint64_t)(b == '&') << i;
    classes.high |= (uint64_t)(b >= 0x80) << i;
    classes.small |= (uint64_t)(b >= 'a' && b <= 'z') << i;
    classes.capital |= (uint64_t)(b >= 'A' && b <= 'Z') << i;
    classes.stop |= (uint64_t)(b == '.' || b == '!' || b == '?') << i;
    classes.colon |= (uint64_t)(b == ':') << i;
    classes.quote |= (uint64_t)(b == '"' || b == 0x9C || b == 0x9D) << i;
  }
  return classes;
}

#endif
#endif
