import Foundation
import Hearsay

/// Stores the state of a checkpoint: a small one in the checkpoint, a large one in a file in the run's folder.
struct KeptState: Sendable {
  private let folder: String?
  private var number = 0
  private static let maximumInlineBytes = 4096
  private enum Kind: UInt8 { case inline, file }

  init(folder: String?) { self.folder = folder }

  /// Stores the state, and returns what the journal gets. The file before the last one is removed.
  mutating func keep(_ state: [UInt8]) throws -> [UInt8] {
    guard let folder, state.count > Self.maximumInlineBytes else { return [Kind.inline.rawValue] + state }
    number += 1
    let path = Self.path(folder, number)
    // A run that broke off may have left a file of the same number.
    var file = try OutputFile(new: path, registerOutput: OutputFile.removeUnfinished)
    try file.write(state)
    let mark = file.mark
    try file.finish(.finished)
    if number > 2 { _ = unsafe unlink(Self.path(folder, number - 2)) }
    return [Kind.file.rawValue] + Array("\(number) \(mark.byteCount) \(mark.hash)".utf8)
  }

  /// The state for which `keep` returned `checkpoint`.
  mutating func state(from checkpoint: [UInt8]) throws -> [UInt8] {
    switch checkpoint.first.flatMap(Kind.init(rawValue:)) {
    case .inline: return Array(checkpoint.dropFirst())
    case .file:
      let words = String(decoding: checkpoint.dropFirst(), as: UTF8.self).split(separator: " ")
      guard words.count == 3, let number = Int(words[0]), let count = Int(words[1]), let hash = UInt64(words[2]),
        let folder
      else { break }
      self.number = number
      let path = Self.path(folder, number)
      let state = (try? [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))) ?? []
      guard state.count == count, XXH64.hash(state.span) == hash else {
        throw StageError("'\(path)', which the run needs to go on, is gone or was changed; start the run anew")
      }
      return state
    case nil: break
    }
    throw StageError("the checkpoint of the output makes no sense")
  }

  private static func path(_ folder: String, _ number: Int) -> String { "\(folder)/output-\(number)" }
}
