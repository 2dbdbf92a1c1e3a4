import Foundation
import Hearsay
import HearsayText
import StanceScoring

/// A target of a sentence, and the stance of the sentence toward it.
struct Sample {
  /// The text's tokens; the whole text is read as one sentence.
  var tokens: [Token]
  var text: [UInt8]
  var mention: Range<Int>
  var label: Label
  /// Equal for the texts of one article: the first three parts of `id`.
  var group: String

  enum Label: String, CaseIterable { case favor, against, neutral }

  /// The keys of the sample's words, pairs and n-grams.
  var keys: [StanceTable.Key] {
    var classifier = MentionClassifier(tokens)
    return classifier.keys(of: 0..<tokens.count, mention: mention)
  }

  /// The slots and values of the sample's features that have a row in `model`.
  func features(in model: StanceModel) -> [(slot: Int, value: Float)] {
    var classifier = MentionClassifier(tokens, model: model)
    let all = 0..<tokens.count
    var features: [(slot: Int, value: Float)] = []
    classifier.visit(all, all, mention: mention) { features.append(($0, $1)) }
    return features
  }

  /// The samples of a file of documents with labelled targets.
  static func read(_ path: String) throws -> [Sample] {
    var samples: [Sample] = []
    for line in Array(try Data(contentsOf: URL(fileURLWithPath: path))).split(separator: UInt8(ascii: "\n")) {
      let value = try JSONReader.value(of: Array(line))
      let text = Array((value["text"]?.stringValue ?? "").utf8)
      let group = (value["id"]?.stringValue ?? "").split(separator: "_").prefix(3).joined(separator: "_")
      let tokens = Tokenizer().tokens(in: text.span)
      let offsets = CodePointOffsets(text.span)
      for target in value["targets"]?.arrayValue ?? [] {
        guard let label = Label(rawValue: target["label"]?.stringValue ?? ""),
          let span = target["spans"]?.arrayValue?.first?.arrayValue, span.count == 2,
          let start = offsets.byteOffset(ofCodePoint: span[0].intValue ?? -1, in: text.span),
          let end = offsets.byteOffset(ofCodePoint: span[1].intValue ?? -1, in: text.span)
        else { continue }
        let mention = tokens.indices.filter { tokens[$0].start < end && tokens[$0].end > start }
        guard let first = mention.first, let last = mention.last else { continue }
        samples.append(Sample(tokens: tokens, text: text, mention: first..<last + 1, label: label, group: group))
      }
    }
    return samples
  }
}
