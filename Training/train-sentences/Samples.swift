import Foundation
import Hearsay
import SentenceSplitting

/// A place between two words of running text, and whether a sentence begins there.
struct Sample {
  var slots: [Int32]
  var isBeginning: Bool
  /// Whether the word before was shown: the mode of places without a mark, else that of places after an abbreviation.
  var showsBefore: Bool
}

/// The places of the texts in a file of JSON Lines. Nobody labelled them: where a plain word, its mark and a space stand
/// before a capitalised word, a sentence begins beyond doubt, and the mark is hidden from the model; a capitalised word
/// after a plain one without a mark begins none.
func samples(_ path: String) throws -> [Sample] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  var options = SplitSentences.Options()
  options.model = .none
  let splitter = try SplitSentences(options)
  var samples: [Sample] = []
  for line in Array(data).split(separator: UInt8(ascii: "\n")) {
    let value = try JSONReader.value(of: Array(line))
    var document = Document(id: "", text: value["text"]?.stringValue ?? "")
    splitter.process(&document)
    append(document, to: &samples)
  }
  return samples
}

private func append(_ document: Document, to samples: inout [Sample]) {
  let text = document.bytes
  var last: Span?
  for sentence in document[Sentences.self] {
    if let last, sentence.start == last.end + 1, isPlain(text, sentence.start), last.count > 20 {
      let mark = last.end - 1
      if [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(text[mark]), isSmall(text[mark - 1]) {
        append(
          text, at: sentence.start, before: text.word(endingAt: mark, notBefore: last.start), last.start, true, &samples
        )
      }
    }
    var i = sentence.start + 3
    while i < sentence.end - 1 {
      if text[i - 1] == 0x20, isSmall(text[i - 2]), isPlain(text, i) {
        append(
          text, at: i, before: text.word(endingAt: i - 1, notBefore: sentence.start), sentence.start, false, &samples)
      }
      i += 1
    }
    last = sentence
  }
}

private func append(
  _ text: Swift.Span<UInt8>, at offset: Int, before: BoundaryWord, _ start: Int, _ isBeginning: Bool,
  _ samples: inout [Sample]
) {
  for showsBefore in [true, false] {
    var sample = Sample(slots: [], isBeginning: isBeginning, showsBefore: showsBefore)
    let place = BeginningPlace(text, at: offset, before: showsBefore ? before : nil, start: start)
    BeginningFeatures.visit(place) { sample.slots.append(Int32($0)) }
    samples.append(sample)
  }
}

/// Whether a word begins at `i` with an ASCII capital.
private func isPlain(_ text: Swift.Span<UInt8>, _ i: Int) -> Bool { text[i] >= 0x41 && text[i] <= 0x5A }

private func isSmall(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 }
