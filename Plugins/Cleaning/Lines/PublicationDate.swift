internal import Hearsay
import HearsayText

/// Reads a line that says when a story was published and nothing else: `Published: 13 April 2025, 10:30 GMT`.
struct PublicationDate {
  /// ISO 8601: `2025-04-13`, `2025-04-13T10:30+00:00`
  private(set) var published: String?
  private(set) var updated: String?

  private enum Token: Equatable {
    case word(String)
    case number(Int, digits: Int)
    case mark(UInt8)
  }

  private var tokens: [Token] = []
  private var at = 0

  /// `nil` where the line says anything else.
  init?(_ line: some StringProtocol) {
    guard line.utf8.count <= 160 else { return nil }
    tokens = Self.tokens(of: line)
    var isUpdate = false
    /// A time that stands before its date.
    var time: String?
    while at < tokens.count {
      if var date = readDate() {
        if !date.contains("T") { date += time ?? "" }
        time = nil
        if isUpdate { updated = updated ?? date } else { published = published ?? date }
        isUpdate = false
        continue
      }
      if case .number = tokens[at], let read = readTime() {
        time = read
        continue
      }
      switch tokens[at] {
      case .word(let word) where Self.words.labels.contains(word) || Self.words.weekdays.contains(word):
        if Self.words.updateLabels.contains(word) { isUpdate = true }
        if Self.words.firstLabels.contains(word) { isUpdate = false }
      case .number where Self.isReadingTime(tokens[(at + 1)...]): at += 2
      case .word: return nil
      case .number: return nil
      case .mark(let mark):
        guard [0x2C, 0x2E, 0x3A, 0x7C, 0x2D, 0x2F, 0x28, 0x29, 0xFF].contains(mark) else { return nil }
      }
      at += 1
    }
    guard published != nil || updated != nil else { return nil }
  }

  private static let words = DateWords.english
  private static let zones: [String: String] = [
    "z": "Z", "utc": "Z", "gmt": "Z", "bst": "+01:00", "wet": "+00:00", "cet": "+01:00", "cest": "+02:00",
    "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00",
    "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00",
    "aest": "+10:00", "aedt": "+11:00",
  ]
  /// Zones whose offset depends on the season or the country: read, but not written.
  private static let vagueZones: Set<String> = ["et", "ct", "mt", "pt", "ist", "local"]

  static func isCalendarWord(_ word: String) -> Bool {
    words.month(word) != nil || words.weekdays.contains(word)
  }

  private static func isReadingTime(_ rest: ArraySlice<Token>) -> Bool {
    switch rest.first {
    case .word(let word): words.readingUnits.contains(word)
    case .mark(0x2D): isReadingTime(rest.dropFirst())
    default: false
    }
  }

  private static func tokens(of line: some StringProtocol) -> [Token] {
    let bytes = Array(line.utf8)
    var tokens: [Token] = []
    var i = 0
    while i < bytes.count {
      let start = i
      let byte = bytes[i]
      if byte.isASCIILetter {
        while i < bytes.count, bytes[i].isASCIILetter { i += 1 }
        let word = String(decoding: bytes[start..<i].map(\.folded), as: UTF8.self)
        // `a.m.` and `p.m.` are one word.
        if word == "a" || word == "p", i + 1 < bytes.count, bytes[i] == 0x2E, bytes[i + 1].folded == 0x6D {
          i += 2
          if i < bytes.count, bytes[i] == 0x2E { i += 1 }
          tokens.append(.word(word + "m"))
        } else {
          tokens.append(.word(word))
        }
      } else if byte.isDigit {
        var value = 0
        while i < bytes.count, bytes[i].isDigit {
          value = min(value * 10 + Int(bytes[i] - 0x30), 99_999_999)
          i += 1
        }
        tokens.append(.number(value, digits: i - start))
      } else {
        i += 1
        while byte.isNonASCII, i < bytes.count, bytes[i].isUTF8Continuation { i += 1 }
        // A dash, a bullet or a bar; which one does not matter.
        if byte.isNonASCII { tokens.append(.mark(0xFF)) } else if !byte.isBlank { tokens.append(.mark(byte)) }
      }
    }
    return tokens
  }

  private func token(_ offset: Int) -> Token? { at + offset < tokens.count ? tokens[at + offset] : nil }
  private func number(_ offset: Int, _ range: ClosedRange<Int>) -> Int? {
    guard case .number(let value, _) = token(offset), range.contains(value) else { return nil }
    return value
  }
  private func word(_ offset: Int) -> String? {
    guard case .word(let word) = token(offset) else { return nil }
    return word
  }
  private func isMark(_ offset: Int, _ mark: UInt8) -> Bool { token(offset) == .mark(mark) }

  /// A date with its time, as ISO 8601; moves past it.
  private mutating func readDate() -> String? {
    let save = at
    guard let (year, month, day) = readDay() else { return nil }
    guard isDay(year, month, day) else {
      at = save
      return nil
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" + (readTime() ?? "")
  }

  private func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private mutating func readDay() -> (Int, Int, Int)? {
    // 2025-04-13, 2025/04/13
    if let year = number(0, 1800...2199), isMark(1, 0x2D) || isMark(1, 0x2F), let month = number(2, 1...12),
      token(3) == token(1), let day = number(4, 1...31)
    {
      at += 5
      return (year, month, day)
    }
    // 13.04.2025; 13/04/2025 only where the order is plain.
    if let first = number(0, 1...31), isMark(1, 0x2E) || isMark(1, 0x2F), let second = number(2, 1...31),
      token(3) == token(1), let year = number(4, 1800...2199)
    {
      let isDotted = isMark(1, 0x2E)
      guard isDotted || first > 12 || second > 12 || first == second else { return nil }
      at += 5
      return second > 12 && !isDotted ? (year, first, second) : (year, second, first)
    }
    // April 13th, 2025
    if let month = word(0).flatMap(Self.words.month(_:)) {
      var k = isMark(1, 0x2E) ? 2 : 1
      guard let day = number(k, 1...31) else { return nil }
      k += 1
      if let ordinal = word(k), ["st", "nd", "rd", "th"].contains(ordinal) { k += 1 }
      if isMark(k, 0x2C) { k += 1 }
      guard let year = number(k, 1800...2199) else { return nil }
      at += k + 1
      return (year, month, day)
    }
    // 13 April 2025, 13th of April, 2025
    if let day = number(0, 1...31) {
      var k = 1
      if let ordinal = word(k), ["st", "nd", "rd", "th"].contains(ordinal) { k += 1 }
      if word(k) == "of" || isMark(k, 0x2D) { k += 1 }
      guard let month = word(k).flatMap(Self.words.month(_:)) else { return nil }
      k += 1
      if isMark(k, 0x2E) || isMark(k, 0x2C) || isMark(k, 0x2D) { k += 1 }
      guard let year = number(k, 1800...2199) else { return nil }
      at += k + 1
      return (year, month, day)
    }
    return nil
  }

  /// `T10:30:00Z`, `, 10.30 am`, `at 1030 GMT`
  private mutating func readTime() -> String? {
    var k = 0
    while let token = token(k) {
      guard [.mark(0x2C), .mark(0x2D), .mark(0x7C), .mark(0xFF), .word("at"), .word("t")].contains(token) else { break }
      k += 1
    }
    guard case .number(let first, let digits) = token(k) else { return nil }
    var hour = first
    var minute = 0
    var second: Int?
    var isTime = false
    k += 1
    if digits == 4, let zone = word(k), Self.zones[zone] != nil {
      hour = first / 100
      minute = first % 100
      isTime = true
    } else if digits <= 2, isMark(k, 0x3A) || isMark(k, 0x2E), let value = number(k + 1, 0...59) {
      isTime = isMark(k, 0x3A)
      minute = value
      k += 2
      // `22.15` alone could be anything.
      if let zone = word(k), Self.zones[zone] != nil { isTime = true }
      if isMark(k, 0x3A), let value = number(k + 1, 0...60) {
        second = min(value, 59)
        k += 2
        if isMark(k, 0x2E), number(k + 1, 0...99_999_999) != nil { k += 2 }
      }
    }
    if let half = word(k), half == "am" || half == "pm" {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (half == "pm" ? 12 : 0)
      isTime = true
      k += 1
    }
    guard isTime, hour < 24, minute < 60 else { return nil }
    at += k
    let time = "T\(padded(hour, 2)):\(padded(minute, 2))" + (second.map { ":" + padded($0, 2) } ?? "")
    return time + (readZone() ?? "")
  }

  private mutating func readZone() -> String? {
    let isInBrackets = isMark(0, 0x28)
    let k = isInBrackets ? 1 : 0
    if let word = word(k), Self.zones[word] != nil || Self.vagueZones.contains(word) {
      at += k + 1 + (isInBrackets && isMark(k + 1, 0x29) ? 1 : 0)
      return Self.zones[word]
    }
    guard isMark(0, 0x2B) || isMark(0, 0x2D), case .number(let value, let digits) = token(1) else { return nil }
    let sign = isMark(0, 0x2B) ? "+" : "-"
    if digits == 4, value <= 1400 {
      at += 2
      return "\(sign)\(padded(value / 100, 2)):\(padded(value % 100, 2))"
    }
    guard digits == 2, value <= 14, isMark(2, 0x3A), let minutes = number(3, 0...59) else { return nil }
    at += 4
    return "\(sign)\(padded(value, 2)):\(padded(minutes, 2))"
  }

  private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
