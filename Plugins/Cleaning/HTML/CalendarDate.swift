import HearsayText

/// Dates as pages write them, as ISO 8601.
enum CalendarDate {
  /// `2019-11-19T10:00:00Z`, `2019-11-19 10:00`, `20191119`, `2019/11/19`, `Tue, 19 Nov 2019 10:00:00 GMT` and
  /// `November 19, 2019 10:00 AM` as ISO 8601, the time kept where it is plain; `nil` for what is no date.
  static func iso8601(_ text: String) -> String? {
    let parts = pieces(text)
    guard parts.count < 30 else { return nil }
    if let date = numeric(parts) ?? named(parts) {
      return day(date.year, date.month, date.day).map { $0 + time(Array(parts.dropFirst(date.used))) }
    }
    return nil
  }

  /// A run of digits or of letters, or one other character.
  private enum Piece: Equatable {
    case number(Int, digits: Int)
    case word(String)
    case mark(Character)
  }

  private struct Found {
    var year: Int
    var month: Int
    var day: Int
    /// How many pieces the date takes up.
    var used: Int
  }

  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text.prefix(80)
    while let first = rest.first {
      let isDigit = first.isASCII && first.isNumber
      let run = rest.prefix { isDigit ? $0.isASCII && $0.isNumber : $0.isLetter }
      if isDigit {
        pieces.append(.number(Int(run) ?? -1, digits: run.count))
      } else if first.isLetter {
        pieces.append(.word(run.lowercased()))
      } else if !first.isWhitespace {
        pieces.append(.mark(first))
      }
      rest = rest.dropFirst(max(1, run.count))
    }
    return pieces
  }

  /// Year first, in digits.
  private static func numeric(_ parts: [Piece]) -> Found? {
    guard case .number(let first, let digits)? = parts.first else { return nil }
    if digits == 8 || digits == 14 {
      let date = digits == 14 ? first / 1_000_000 : first
      return Found(year: date / 10_000, month: date / 100 % 100, day: date % 100, used: 1)
    }
    guard digits == 4, parts.count >= 5, parts[1] == parts[3], case .mark(let mark) = parts[1], "-/.".contains(mark),
      case .number(let month, _) = parts[2], case .number(let day, _) = parts[4]
    else { return nil }
    return Found(year: first, month: month, day: day, used: 5)
  }

  /// A month by its English name, with a day on either side and the year after it.
  private static func named(_ parts: [Piece]) -> Found? {
    for (index, part) in parts.enumerated() {
      guard case .word(let word) = part, word.count >= 3, let month = DateWords.english.month(beginning: word)
      else { continue }
      var numbers: [(Int, Int)] = []
      if index > 0, case .number(let day, let digits) = parts[index - 1], digits <= 2 { numbers.append((day, index)) }
      for next in parts.indices.dropFirst(index + 1) where numbers.count < 2 {
        if case .number(let value, _) = parts[next] { numbers.append((value, next)) }
      }
      guard numbers.count == 2 else { return nil }
      return Found(year: numbers[1].0, month: month, day: numbers[0].0, used: numbers[1].1 + 1)
    }
    return nil
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1_400...2_200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    return "\(padded(year, 4))-\(padded(month))-\(padded(day))"
  }

  /// The time of day after a date, with its zone; empty where it is not plain.
  private static func time(_ parts: [Piece]) -> String {
    guard let at = parts.firstIndex(of: .mark(":")), at > 0, at + 1 < parts.count,
      case .number(var hour, _) = parts[at - 1], case .number(let minute, _) = parts[at + 1]
    else { return "" }
    var next = at + 2
    var second = 0
    if next + 1 < parts.count, parts[next] == .mark(":"), case .number(let value, _) = parts[next + 1] {
      second = value
      next += 2
      if next + 1 < parts.count, parts[next] == .mark("."), case .number = parts[next + 1] { next += 2 }
    }
    if next < parts.count, case .word(let half) = parts[next], half == "am" || half == "pm" {
      hour = hour % 12 + (half == "pm" ? 12 : 0)
      next += 1
    }
    guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return "" }
    return "T\(padded(hour)):\(padded(minute)):\(padded(second))" + zone(Array(parts.dropFirst(next)))
  }

  private static func zone(_ parts: [Piece]) -> String {
    guard let first = parts.first else { return "" }
    if first == .word("z") || first == .word("gmt") || first == .word("utc") { return "Z" }
    guard first == .mark("+") || first == .mark("-"), parts.count > 1, case .number(let value, let digits) = parts[1]
    else { return "" }
    var minutes = value
    if digits <= 2, parts.count > 3, case .number(let rest, _) = parts[3] { minutes = value * 100 + rest }
    if digits <= 2, parts.count <= 3 { minutes = value * 100 }
    guard minutes >= 0, minutes <= 1_400 else { return "" }
    let sign = first == .mark("+") ? "+" : "-"
    return "\(sign)\(padded(minutes / 100)):\(padded(minutes % 100))"
  }

  private static func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
