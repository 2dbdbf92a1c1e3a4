extension UInt8 {
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isASCIILetter: Bool { (self | 0x20).isLower }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Space, tab or a line's end.
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  /// Whether the byte belongs to a scalar outside ASCII.
  var isHigh: Bool { self >= 0x80 }
  /// The byte with `A` to `Z` made small.
  var folded: UInt8 { isUpper ? self | 0x20 : self }
}
