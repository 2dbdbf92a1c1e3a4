/// A half-open range of a document's text, in UTF-8 **bytes**.
///
/// In JSON a span is the pair `[start, end]`, counted in Unicode code points: `DocumentEncoder` and `DocumentDecoder`
/// convert at the edge, so a stage only ever sees bytes. Where the standard library's type is meant, write `Swift.Span`.
public struct Span: Hashable, Sendable, Comparable, Codable {
  /// The offset of the first byte.
  public var start: Int
  /// The offset after the last byte.
  public var end: Int

  /// Makes the span `[start, end)`. An `end` before `start` gives an empty span at `start`.
  @inlinable public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  @inlinable public init(_ range: Range<Int>) {
    self.init(range.lowerBound, range.upperBound)
  }

  /// Length in bytes.
  @inlinable public var count: Int { end - start }
  @inlinable public var isEmpty: Bool { end <= start }
  @inlinable public var range: Range<Int> { start..<max(start, end) }

  /// Whether `other` lies wholly inside this span.
  @inlinable public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
  @inlinable public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
  /// Whether the two share at least one byte.
  @inlinable public func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }

  @inlinable public static func < (a: Span, b: Span) -> Bool { (a.start, a.end) < (b.start, b.end) }

  public init(from decoder: any Decoder) throws {
    var pair = try decoder.unkeyedContainer()
    let start = try pair.decode(Int.self)
    let end = try pair.decode(Int.self)
    guard start <= end, start >= 0 else {
      throw DecodingError.dataCorruptedError(in: pair, debugDescription: "a span ends before it starts")
    }
    self.init(start, end)
  }

  public func encode(to encoder: any Encoder) throws {
    var pair = encoder.unkeyedContainer()
    try pair.encode(start)
    try pair.encode(end)
  }
}

/// The spans of one thing: one, unless the thing is discontinuous (`"We won," he said, "twice."` is one quote in two).
///
/// The first span is stored in line, so the usual list of one allocates nothing.
public struct SpanList: Hashable, Sendable, RandomAccessCollection, MutableCollection, ExpressibleByArrayLiteral,
  Codable
{
  @usableFromInline var first_: Span?
  @usableFromInline var rest: [Span]

  @inlinable public init() {
    first_ = nil
    rest = []
  }

  @inlinable public init(_ span: Span) {
    first_ = span
    rest = []
  }

  @inlinable public init(_ spans: some Sequence<Span>) {
    first_ = nil
    rest = []
    for span in spans { append(span) }
  }

  @inlinable public init(arrayLiteral elements: Span...) { self.init(elements) }

  @inlinable public mutating func append(_ span: Span) {
    if first_ == nil { first_ = span } else { rest.append(span) }
  }

  /// Makes room for `count` spans in all.
  @inlinable public mutating func reserveCapacity(_ count: Int) { rest.reserveCapacity(count - 1) }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { first_ == nil ? 0 : 1 + rest.count }

  @inlinable public subscript(index: Int) -> Span {
    get {
      if index == 0, let first_ { return first_ }
      return rest[index - 1]
    }
    set {
      if index == 0, first_ != nil { first_ = newValue } else { rest[index - 1] = newValue }
    }
  }

  /// From the start of the first span to the end of the last; `nil` where the list is empty.
  @inlinable public var boundingSpan: Span? {
    guard let first_ else { return nil }
    return Span(first_.start, rest.last?.end ?? first_.end)
  }

  public init(from decoder: any Decoder) throws { self.init(try [Span](from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try Array(self).encode(to: encoder) }
}
