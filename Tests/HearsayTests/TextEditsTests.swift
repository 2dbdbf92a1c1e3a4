import Hearsay
import TestSupport
import Testing

@Suite("Edited text keeps the way back to the raw input")
struct TextEditsTests {
  /// Random edits of `text`. What they insert is `#`, which no input holds.
  private func edits(of text: [UInt8], _ random: inout SplitMix) -> TextEdits {
    var edits = TextEdits()
    var at = 0
    while true {
      at += Int.random(in: 0...12, using: &random)
      guard at < text.count else { return edits }
      let end = min(at + Int.random(in: 0...4, using: &random), text.count)
      edits.replace(Span(at, end), with: [UInt8](repeating: 0x23, count: Int.random(in: 0...3, using: &random)))
      at = end
    }
  }

  @Test("every kept byte maps back to the byte that it was", arguments: 0..<150)
  func composed(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let raw = (0..<Int.random(in: 0...200, using: &random)).map { UInt8(0x41 + $0 % 26) }
    var document = Document(id: "x", utf8: raw)
    for _ in 0..<Int.random(in: 1...5, using: &random) { document.apply(edits(of: document.utf8, &random)) }
    let map = document.offsetMap
    var kept: Set<Int> = []
    for run in map.runs {
      for k in 0..<run.count {
        #expect(document.utf8[run.output + k] == raw[run.input + k])
        #expect(
          document.sourceSpan(of: Span(run.output + k, run.output + k + 1)) == Span(run.input + k, run.input + k + 1))
        kept.insert(run.output + k)
      }
    }
    for (offset, byte) in document.utf8.enumerated() where byte != 0x23 { #expect(kept.contains(offset)) }
    // A span's source takes in the source of every part of it, and stays inside the input.
    for _ in 0..<20 where !document.utf8.isEmpty {
      let start = Int.random(in: 0..<document.utf8.count, using: &random)
      let span = Span(start, Int.random(in: start...document.utf8.count, using: &random))
      let source = document.sourceSpan(of: span)
      #expect(Span(0, raw.count).contains(source))
      for offset in span.range where kept.contains(offset) {
        #expect(source.contains(document.sourceSpan(of: Span(offset, offset + 1))))
      }
    }
  }

  @Test func theInverseOfTheInverseIsTheMap() {
    var random = SplitMix(seed: 3)
    let raw = [UInt8](repeating: 0x41, count: 300)
    let map = edits(of: raw, &random).applied(to: raw).map
    #expect(map.inverted.inverted == map)
    #expect(!map.isIdentity)
    #expect(OffsetMap(identity: 9).followed(by: OffsetMap(identity: 9)).isIdentity)
  }

  @Test func anEditBehindItsTurnOrOutsideIsLeftOut() {
    var edits = TextEdits()
    let taken = [
      edits.replace(Span(2, 4), with: "x"), edits.replace(Span(3, 5), with: "y"), edits.remove(Span(8, 99)),
    ]
    #expect(taken == [true, false, true])
    #expect(String(decoding: edits.applied(to: Array("abcdef".utf8)).text, as: UTF8.self) == "abxef")
  }

  @Test func layersMoveAlong() {
    var document = Document(id: "x", text: "One  two. Three.")
    document[Sentences.self] = [Span(0, 9), Span(10, 16)]
    var edits = TextEdits()
    edits.insert("é".utf8, at: 0)
    edits.remove(Span(3, 4))
    document.apply(edits)
    #expect(document.text == "éOne two. Three.")
    #expect(document[Sentences.self].map { document.text(in: $0) } == ["One two.", "Three."])
  }

  @Test func anElementThatLosesASpanIsDropped() {
    var document = Document(id: "x", text: "abcdef")
    document[Sentences.self] = [Span(0, 2), Span(2, 4), Span(4, 6)]
    document[Quotes.self] = [
      Quote(spans: [Span(0, 1), Span(2, 4)], kind: .direct), Quote(spans: [Span(1, 5)], kind: .direct),
    ]
    var edits = TextEdits()
    edits.remove(Span(2, 4))
    document.apply(edits)
    #expect(document[Sentences.self] == [Span(0, 2), Span(2, 4)])
    #expect(document[Quotes.self].map(\.spans) == [[Span(1, 3)]])
  }

  @Test func whatIsNotUTF8IsReplaced() {
    #expect(Document(id: "x", utf8: [0x61, 0xFF, 0x62]).text == "a\u{FFFD}b")
  }

  @Test("Edits that would leave bytes of no code point leave valid text", arguments: 0..<5, 0..<5)
  func textStaysValid(start: Int, count: Int) {
    for inserted in [[], [0x78], [0xC3, 0xA9], [0xA9], [0xC3]] as [[UInt8]] {
      var document = Document(id: "x", text: "é€é€")
      var edits = TextEdits()
      edits.replace(Span(start, start + count), with: inserted)
      edits.replace(Span(start + count, start + count + 1), with: [0xA9])
      let expected = String(decoding: edits.applied(to: document.utf8).text, as: UTF8.self)
      document.apply(edits)
      #expect(document.utf8.isValidUTF8)
      #expect(document.text == expected)
    }
  }

  @Test func aWholeNewTextHasNoSource() {
    var document = Document(id: "x", text: "<p>a")
    document[Sentences.self] = [Span(0, 4)]
    document.replaceText(Array("a".utf8), map: nil, content: .text)
    #expect(document[Sentences.self].isEmpty && document.has(Sentences.self))
    #expect(document.sourceSpan(of: Span(0, 1)) == Span(0, 4))
  }
}
