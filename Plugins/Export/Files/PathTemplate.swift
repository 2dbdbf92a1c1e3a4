import Hearsay

/// The path of an output, with places that each document fills: `out/{source}/{month}-{shard}.jsonl.zst`.
///
/// A place takes the document's metadata of that key, made safe for a file's name; `{month}` is the part of `date` that
/// tells the month, `{year}` the year; `{shard}` is the number of the file among those of the same name.
struct PathTemplate: Sendable {
  private enum Piece {
    case text(String)
    case value(of: String)
    case shard
  }

  let text: String
  private let pieces: [Piece]
  /// What stands for a value that the document has not got.
  private static let unknown = "unknown"
  private static let longestName = 80
  /// What the names of a run's own files end with: no document may ask for them.
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

  /// Whether documents part by their metadata.
  var dependsOnDocument: Bool {
    pieces.contains { if case .value = $0 { true } else { false } }
  }

  var hasShards: Bool {
    pieces.contains { if case .shard = $0 { true } else { false } }
  }

  /// The path of the document's file, its `{shard}` still open.
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

  /// The path with `_` after each name that would pass for one of a run's own files.
  private static func withoutOwnNames(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { name in
      ownEndings.contains(where: name.lowercased().hasSuffix) ? name + "_" : String(name)
    }.joined(separator: "/")
  }

  /// The path of a partition's file number `shard`, which is written with five digits or more.
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

  /// The value as part of a file's name: letters, digits, `.`, `_` and `-` stay, all else becomes `_`; no name is hidden,
  /// leads to another folder, or is longer than file systems take.
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

  /// The name within the bytes that file systems take, with room for the rest of the name.
  private static func cut(_ name: String) -> String {
    var name = name
    while name.utf8.count > 2 * longestName { name.removeLast() }
    return name
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
