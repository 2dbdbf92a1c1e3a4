extension Punctuation {
  /// The mark of more than one byte that the bytes begin, and its length in bytes; `.none` where they are a letter's.
  static func wide(_ lead: UInt8, _ second: UInt8, _ third: UInt8) -> (mark: Punctuation, length: Int) {
    switch lead {
    case 0xC2:
      switch second {
      case 0xAB: return (.guillemetLeft, 2)
      case 0xBB: return (.guillemetRight, 2)
      case 0xAA, 0xB5, 0xBA: return (.none, 2)
      default: return (.other, 2)
      }
    case 0xC3: return second == 0x97 || second == 0xB7 ? (.other, 2) : (.none, 2)
    case 0xE2:
      switch (second, third) {
      case (0x80, 0x90), (0x80, 0x91): return (.dash, 3)
      case (0x80, 0x92...0x95): return (.dash, 3)
      case (0x80, 0x98), (0x80, 0x9B): return (.curlySingleLeft, 3)
      case (0x80, 0x99), (0x80, 0x9A): return (.curlySingleRight, 3)
      case (0x80, 0x9C), (0x80, 0x9F): return (.curlyDoubleLeft, 3)
      case (0x80, 0x9D): return (.curlyDoubleRight, 3)
      case (0x80, 0x9E): return (.lowDouble, 3)
      case (0x80, 0xA6): return (.ellipsis, 3)
      // U+2C00 and on are letters again (Glagolitic, Latin Extended-C, Coptic).
      case (0xB0..., _): return (.none, 3)
      default: return (.other, 3)
      }
    case 0xE3 where second == 0x80:
      switch third {
      case 0x81: return (.comma, 3)
      case 0x82: return (.stop, 3)
      case 0x8C, 0x8E: return (.curlyDoubleLeft, 3)
      case 0x8D, 0x8F: return (.curlyDoubleRight, 3)
      case 0x83...0xA0: return (.other, 3)
      default: return (.none, 3)
      }
    case 0xEF where second == 0xBC || second == 0xBD:
      switch (second, third) {
      case (0xBC, 0x81): return (.exclamation, 3)
      case (0xBC, 0x8C): return (.comma, 3)
      case (0xBC, 0x8E): return (.stop, 3)
      case (0xBC, 0x9A): return (.colon, 3)
      case (0xBC, 0x9B): return (.semicolon, 3)
      case (0xBC, 0x9F): return (.question, 3)
      default: return (.none, 3)
      }
    case 0xF0 where second == 0x9F: return (.other, 4)
    default: return (.none, max(1, lead.utf8Length))
    }
  }
}
