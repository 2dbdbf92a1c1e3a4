/// The position of a token among a text's `ModelTokens`. A type of its own, as the text's own tokens, of which a model token
/// may hold many, are counted by `Int`.
package struct ModelTokenIndex: Hashable, Strideable, Sendable {
  package let value: Int

  @inline(__always)
  package init(_ value: Int) { self.value = value }

  @inline(__always)
  package func advanced(by count: Int) -> Self { Self(value + count) }
  @inline(__always)
  package func distance(to other: Self) -> Int { other.value - value }

  @inline(__always)
  package static func == (a: Self, b: Self) -> Bool { a.value == b.value }
  @inline(__always)
  package static func < (a: Self, b: Self) -> Bool { a.value < b.value }
  @inline(__always)
  package static func + (a: Self, count: Int) -> Self { Self(a.value + count) }
  @inline(__always)
  package static func - (a: Self, count: Int) -> Self { Self(a.value - count) }
  @inline(__always)
  package static func - (a: Self, b: Self) -> Int { a.value - b.value }
  @inline(__always)
  static func += (a: inout Self, count: Int) { a = a + count }
  @inline(__always)
  static func -= (a: inout Self, count: Int) { a = a - count }
}

extension [ModelToken] {
  @inline(__always)
  package subscript(i: ModelTokenIndex) -> ModelToken { self[i.value] }
}

extension Swift.Span<ModelToken> {
  @inline(__always)
  subscript(i: ModelTokenIndex) -> ModelToken { self[i.value] }
}

extension Array {
  /// The value of a token, in an array that has one for each.
  @inline(__always)
  package subscript(of token: ModelTokenIndex) -> Element {
    get { self[token.value] }
    set { self[token.value] = newValue }
  }
}

extension Swift.Span {
  /// The value of a token, in a span that has one for each.
  @inline(__always)
  subscript(of token: ModelTokenIndex) -> Element { self[token.value] }
}

/// The position of a token among those of a window.
package struct WindowOffset: Sendable {
  let value: Int

  @inline(__always)
  init(_ value: Int) { self.value = value }
}

extension Swift.Span {
  /// The value of a window's token, in a span that has one for each.
  @inline(__always)
  subscript(at offset: WindowOffset) -> Element { self[offset.value] }
}
