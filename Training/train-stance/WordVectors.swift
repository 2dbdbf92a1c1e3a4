import Foundation
import HearsayText
import StanceScoring

/// Word vectors: words of similar use have similar vectors, so that what is learned about one applies to the others.
struct WordVectors {
  private let vectors: [StanceTable.Key: [Float]]
  /// The words, in a fixed order.
  let words: [StanceTable.Key]
  /// How many numbers a vector has.
  let axes: Int

  struct Malformed: Error, CustomStringConvertible {
    var path: String
    var line: Int
    var description: String { "\(path):\(line): not a word and as many numbers as in line 1" }
  }

  /// Reads the vectors that `Training/word-vectors` makes: a word a line, and its numbers after it.
  init(_ path: String) throws {
    var vectors: [StanceTable.Key: [Float]] = [:]
    var axes: Int?
    for (index, line) in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").enumerated() {
      let fields = line.split(separator: " ")
      let numbers = fields.dropFirst().compactMap { Float($0) }
      guard let word = fields.first, numbers.count == fields.count - 1, numbers.count == axes ?? numbers.count else {
        throw Malformed(path: path, line: index + 1)
      }
      axes = numbers.count
      let bytes = Array(word.utf8)
      let tokens = Tokenizer().tokens(in: bytes.span)
      // Several tokens have no row of their own.
      if let token = tokens.first, tokens.count == 1 { vectors[StanceTable.word(token.hash)] = numbers }
    }
    self.vectors = vectors
    words = vectors.keys.sorted { ($0.line, $0.check) < ($1.line, $1.check) }
    self.axes = axes ?? 0
  }

  subscript(key: StanceTable.Key) -> [Float]? { vectors[key] }
}
