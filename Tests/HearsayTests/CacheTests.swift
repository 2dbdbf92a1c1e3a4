import Hearsay
import Testing

@Suite("What a stage made of a text is kept for the next")
struct KeptTests {
  private struct Words: Equatable { var all: [String] }
  private struct Lines: Equatable { var count: Int }

  @Test func oneValueOfAType() {
    var document = Document(id: "t", text: "Ann Lee")
    #expect(document.cached(Words.self) == nil)
    document.cache(Words(all: ["Ann"]))
    document.cache(Lines(count: 1))
    document.cache(Words(all: ["Ann", "Lee"]))
    #expect(document.cached(Words.self) == Words(all: ["Ann", "Lee"]))
    #expect(document.cached(Lines.self) == Lines(count: 1))
    #expect(document.layerTypes.isEmpty)
  }

  @Test("A copy has it too, and goes on its own way") func copies() {
    var document = Document(id: "t", text: "Ann Lee")
    document.cache(Lines(count: 1))
    var copy = document
    copy.cache(Lines(count: 2))
    #expect(document.cached(Lines.self) == Lines(count: 1))
    #expect(copy.cached(Lines.self) == Lines(count: 2))
  }

  @Test("An edit of the text throws it away, one that changes nothing does not") func edits() {
    var document = Document(id: "t", text: "Ann Lee")
    document.cache(Lines(count: 1))
    document.replaceText(document.utf8, map: OffsetMap(identity: document.utf8.count))
    #expect(document.cached(Lines.self) != nil)
    document.replaceText(Array("Ann".utf8), map: nil)
    #expect(document.cached(Lines.self) == nil)
  }
}
