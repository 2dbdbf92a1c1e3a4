import Hearsay
import TestSupport
import Testing

@Suite("Spans")
struct SpanTests {
  @Test func anEndBeforeTheStartIsEmptyThere() {
    #expect(Span(5, 3) == Span(5, 5))
    #expect(Span(5, 3).isEmpty)
  }

  @Test func touchingIsNotOverlapping() {
    #expect(!Span(0, 3).overlaps(Span(3, 5)))
    #expect(Span(0, 4).overlaps(Span(3, 5)))
    #expect(Span(0, 4).contains(Span(0, 4)))
    #expect(!Span(0, 4).contains(4))
    #expect([Span(2, 3), Span(0, 9), Span(0, 1)].sorted() == [Span(0, 1), Span(0, 9), Span(2, 3)])
  }

  @Test(arguments: [[], [Span(1, 2)], [Span(1, 2), Span(4, 6), Span(8, 9)]])
  func aListIsItsSpans(spans: [Span]) {
    var list = SpanList(spans)
    #expect(Array(list) == spans)
    #expect(list.boundingSpan == spans.first.map { Span($0.start, spans.last?.end ?? 0) })
    for index in list.indices { list[index].start += 1 }
    #expect(list.map(\.start) == spans.map { $0.start + 1 })
  }
}

@Suite("Bytes and code points")
struct CodePointOffsetsTests {
  @Test func agreesWithCountingOneByOne() {
    var random = SplitMix(seed: 1)
    for length in [0, 1, 5, 80, 255, 256, 257, 700, 2_000] {
      let text = random.text(upTo: length)
      let bytes = Array(text.utf8)
      let offsets = CodePointOffsets(bytes.span)
      var byte = 0
      for (index, scalar) in text.unicodeScalars.enumerated() {
        #expect(offsets.codePointOffset(ofByte: byte, in: bytes.span) == index)
        #expect(offsets.byteOffset(ofCodePoint: index, in: bytes.span) == byte)
        byte += UTF8.width(scalar)
      }
      #expect(offsets.scalarCount == text.unicodeScalars.count)
      #expect(offsets.codePointOffset(ofByte: bytes.count, in: bytes.span) == offsets.scalarCount)
      #expect(offsets.byteOffset(ofCodePoint: offsets.scalarCount, in: bytes.span) == bytes.count)
    }
  }

  @Test(arguments: ["", "abc", "é"])
  func outsideTheTextThereIsNothing(text: String) {
    let bytes = Array(text.utf8)
    let offsets = CodePointOffsets(bytes.span)
    #expect(offsets.byteOffset(ofCodePoint: -1, in: bytes.span) == nil)
    #expect(offsets.byteOffset(ofCodePoint: offsets.scalarCount + 1, in: bytes.span) == nil)
    #expect(offsets.byteOffset(ofCodePoint: .max, in: bytes.span) == nil)
    #expect(offsets.codePointOffset(ofByte: .max, in: bytes.span) == offsets.scalarCount)
    #expect(offsets.codePointOffset(ofByte: .min, in: bytes.span) == 0)
  }
}
