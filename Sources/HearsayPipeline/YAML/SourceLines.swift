internal import Hearsay

/// The lines of a file, for places: split where libyaml counts a line break.
struct SourceLines: Sendable {
  let file: String
  private let bytes: [UInt8]
  /// The offset of each line's first byte.
  private let starts: [Int]
  /// A longer line is not shown under a message, so that places stay small whatever the file.
  private static let longestShown = 2_000
  private var last: (line: Int, text: String, length: Int)?

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    var starts = [0]
    var i = 0
    while i < bytes.count {
      let length = Self.breakLength(in: bytes, at: i)
      i += max(length, 1)
      if length > 0 { starts.append(i) }
    }
    self.starts = starts
  }

  /// The bytes of the line break at `i`; 0 where there is none.
  private static func breakLength(in bytes: [UInt8], at i: Int) -> Int {
    func next(_ k: Int) -> UInt8 { i + k < bytes.count ? bytes[i + k] : 0 }
    switch bytes[i] {
    case 0x0A: return 1
    case 0x0D: return next(1) == 0x0A ? 2 : 1
    case 0xC2: return next(1) == 0x85 ? 2 : 0  // next line
    case 0xE2: return next(1) == 0x80 && next(2) & 0xFE == 0xA8 ? 3 : 0  // line and paragraph separator
    default: return 0
    }
  }

  /// The place of line and column, both from 0, to the end column where that is on the same line.
  mutating func place(line: Int, column: Int, endLine: Int, endColumn: Int) -> SourcePlace {
    let (text, length) = show(line)
    let end = endLine == line ? endColumn : max(length, column + 1)
    return SourcePlace(file: file, line: line + 1, column: column + 1, width: end - column, text: text)
  }

  /// The place of the byte at `offset`.
  mutating func place(ofByte offset: Int) -> SourcePlace {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = bytes[starts[low]..<min(max(offset, starts[low]), bytes.count)]
    let column = before.lazy.filter { !$0.isUTF8Continuation }.count
    return place(line: low, column: column, endLine: low, endColumn: column + 1)
  }

  /// The scalar at a line and column from 0.
  mutating func scalar(line: Int, column: Int) -> Unicode.Scalar? {
    show(line).text.unicodeScalars.dropFirst(column).first
  }

  /// A line's text and its length in code points.
  private mutating func show(_ line: Int) -> (text: String, length: Int) {
    if let last, last.line == line { return (last.text, last.length) }
    guard line >= 0, line < starts.count else { return ("", 0) }
    var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
    let start = starts[line]
    if line + 1 < starts.count {
      var width = 1
      while width < 3, end - width > start, Self.breakLength(in: bytes, at: end - width) != width { width += 1 }
      // A carriage return before a line feed belongs to the break.
      if width == 1, end - 2 >= start, Self.breakLength(in: bytes, at: end - 2) == 2 { width = 2 }
      end -= width
    }
    let content = bytes[start..<end]
    let length = content.lazy.filter { !$0.isUTF8Continuation }.count
    let text = content.count <= Self.longestShown ? String(decoding: content, as: UTF8.self) : ""
    last = (line, text, length)
    return (text, length)
  }
}
