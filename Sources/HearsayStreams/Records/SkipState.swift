internal import Hearsay

/// What comes next in a file and is not read as a record: the rest of a record that was left out, or the way to the
/// position where a run resumes.
struct SkipState: Sendable {
  private(set) var pending = Pending.nothing { didSet { update() } }
  /// Where to resume; `nil` once that position is reached.
  private(set) var target: InputPosition? { didSet { update() } }
  /// Whether there is anything to skip or a target to reach. It is stored because it is checked for each record.
  private(set) var isActive: Bool

  enum Pending: Sendable, Equatable {
    case nothing
    /// The rest of a line.
    case line
    case bytes(Int)
  }

  /// - Parameter target: Where in the file to resume; `nil` for its beginning.
  init(to target: InputPosition?) {
    self.target = target.flatMap { $0.byteOffset > 0 ? $0 : nil }
    isActive = self.target != nil
  }

  private mutating func update() { isActive = pending != .nothing || target != nil }

  mutating func skipRestOfLine() { pending = .line }

  mutating func skip(bytes count: Int) { pending = .bytes(count) }

  /// Starts to skip from `position` to the target, and takes the number and the line of the record from there.
  mutating func seek(from position: inout RecordPosition, at offset: Int, in layout: RecordLayout) {
    guard let target else { return }
    position.number = target.record
    position.line = target.line
    // A header that ends after the target is not the header that the earlier run read.
    let count = target.byteOffset - offset
    if count == 0 { finishBytes(in: layout) } else { pending = .bytes(count < 0 ? Int.max : count) }
  }

  /// All bytes to skip are skipped: the target is reached, but for the rest of its line.
  mutating func finishBytes(in layout: RecordLayout) {
    pending = target?.isWithinRecord == true && layout.hasLines ? .line : .nothing
    target = nil
  }

  /// Skips what is pending among the bytes.
  ///
  /// - Returns: The offset after it; `nil` where it does not end within these bytes.
  mutating func advance(
    through bytes: Swift.Span<UInt8>, from start: Int, line: inout Int, in layout: RecordLayout
  ) -> Int? {
    var start = start
    if case .bytes(let count) = pending {
      guard count <= bytes.count - start else { return nil }
      start += count
      finishBytes(in: layout)
    }
    guard case .line = pending else { return start }
    guard let lineBreak = bytes.offset(of: UInt8(ascii: "\n"), from: start) else { return nil }
    pending = .nothing
    line += 1
    return lineBreak + 1
  }

  /// Skips this many bytes, of which there are more to skip.
  ///
  /// - Returns: How many are still to be skipped; `nil` where that is up to the end of a line.
  mutating func advance(by available: Int) -> Int? {
    guard case .bytes(let count) = pending else { return nil }
    pending = .bytes(count - available)
    return count - available
  }

  /// What is wrong where the file ends this many bytes before the end of what is to be skipped; `nil` for nothing.
  func shortfallError(_ missing: Int, in layout: RecordLayout) -> SourceError? {
    if let target, layout.hasLines || !target.isWithinRecord { return .shortened }
    // The line breaks after the last record of a web archive may be missing.
    return missing > 4 ? .cutOff : nil
  }

  /// Puts into `position` what a reader that resumes there has to skip.
  func save(in position: inout InputPosition, in layout: RecordLayout) {
    switch pending {
    case .nothing: position.isWithinRecord = false
    case .line: position.isWithinRecord = true
    case .bytes(let count):
      position.byteOffset += count
      position.isWithinRecord = target?.isWithinRecord ?? !layout.hasLines
    }
  }
}

extension SourceError {
  fileprivate static var cutOff: Self { .damaged("ends within a record") }
  fileprivate static var shortened: Self {
    Self(code: .changed, problem: "is shorter than it was", hint: "put it back as it was, or begin the run anew")
  }
}
