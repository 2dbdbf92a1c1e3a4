import Hearsay

/// The path of an output with placeholders that each document fills: `out/{source}/{month}-{shard}.jsonl.zst`.
///
/// A placeholder is replaced by the document's metadata of that key, made safe for a file name. `{month}` and `{year}` are
/// the beginning of `date`. `{shard}` is the number of the file among those of the same name.
struct PathTemplate: Sendable {
  private enum Piece {
    case text(String)
    case value(of: String)
    case shard
  }

  let text: String
  private let pieces: [Piece]
  /// Replaces metadata that the document does not have.
  private static let unknown = "unknown"
  private static let longestName = 80
  /// The endings of a run's own files, which no document may use. `hearsay run` refuses outputs with these endings too: see
  /// `OutputsAmongInputs.swift`.
  private static let ownEndings = [".part", ".lock", ".run.json", ".journal"]

  init(_ text: String) throws(StageError) {
    self.text = text
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw StageError("path '\(text)' opens '{' and does not close it")
      }
      let name = String(rest[rest.index(after: open)..<close])
      guard !name.isEmpty, !name.contains("{"), !name.contains("/") else {
        throw StageError("path '\(text)' has a place '{\(name)}' that names no metadata")
      }
      pieces.append(.text(String(rest[..<open])))
      pieces.append(name == "shard" ? .shard : .value(of: name))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
    self.pieces = pieces
    if dependsOnDocument, let ending = Self.ownEndings.first(where: rest.lowercased().hasSuffix) {
      throw StageError("path '\(text)' ends in '\(ending)', as files of a run's own do; choose another ending")
    }
  }

  /// Whether the path depends on the metadata of documents.
  var dependsOnDocument: Bool {
    pieces.contains { if case .value = $0 { true } else { false } }
  }

  var hasShards: Bool {
    pieces.contains { if case .shard = $0 { true } else { false } }
  }

  /// The path of the document's file with `{shard}` unresolved.
  func partition(of document: Document) -> String {
    guard dependsOnDocument else { return text }
    var path = ""
    for piece in pieces {
      switch piece {
      case .text(let text): path += text
      case .shard: path += "{shard}"
      case .value(let key): path += Self.safe(Self.value(of: key, in: document.metadata))
      }
    }
    return Self.withoutOwnNames(path)
  }

  /// The path with `_` after each name that has the ending of a run's own files.
  private static func withoutOwnNames(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { name in
      ownEndings.contains(where: name.lowercased().hasSuffix) ? name + "_" : String(name)
    }.joined(separator: "/")
  }

  /// The path of file number `shard` of a partition; the number has at least five digits.
  static func path(of partition: String, shard: Int) -> String {
    guard let place = partition.firstRange(of: "{shard}") else { return partition }
    let digits = String(shard)
    let number = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    return String(partition[..<place.lowerBound]) + number
      + path(of: String(partition[place.upperBound...]), shard: shard)
  }

  private static func value(of key: String, in metadata: Metadata) -> String? {
    func plain(_ value: JSONValue) -> String? { value == .null ? nil : value.stringValue ?? value.json }
    if let value = metadata[key].flatMap(plain) { return key == "date" ? String(value.prefix(10)) : value }
    // An ISO 8601 date begins with YYYY-MM.
    guard let date = metadata["date"]?.stringValue, date.utf8.count >= 4, date.utf8.prefix(4).allSatisfy(\.isDigit)
    else { return nil }
    switch key {
    case "year": return String(date.prefix(4))
    case "month" where date.utf8.count >= 7: return String(date.prefix(7))
    default: return nil
    }
  }

  /// The value as part of a file name: letters, digits, `.`, `_` and `-` stay, other characters become `_`. The name is not
  /// hidden, not a path to another folder, and not longer than file systems allow.
  private static func safe(_ value: String?) -> String {
    var name = String.UnicodeScalarView()
    for scalar in (value ?? "").unicodeScalars where name.count < longestName {
      let stays =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "._-".unicodeScalars.contains(scalar)
      name.append(stays ? scalar : "_")
    }
    while name.first == "." { name.removeFirst() }
    return name.isEmpty || name.allSatisfy { $0 == "_" } ? unknown : cut(String(name))
  }

  /// Cuts the name so that the whole file name is within the limit of file systems.
  private static func cut(_ name: String) -> String {
    var name = name
    while name.utf8.count > 2 * longestName { name.removeLast() }
    return name
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
