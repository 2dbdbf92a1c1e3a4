public import Hearsay

extension Document {
  /// The code of the document's language (ISO 639-1): what `meta.language` names, unless the words are beyond doubt of
  /// another, as with pages whose template is in English; else what the words determine; `nil` where too few do.
  ///
  /// Detected by the first stage that asks for it.
  ///
  /// - Complexity: Reads the first words until they determine it, 4,096 bytes at most.
  public mutating func languageCode() -> String? {
    let named = namedLanguageCode
    if let known = cached(DetectedLanguage.self), known.named == named { return known.code }
    let evidence = LanguageEvidence(of: bytes, named: named)
    let code = named.flatMap { evidence.contradicts($0) ? nil : $0 } ?? evidence.likeliest
    cache(DetectedLanguage(named: named, code: code))
    return code
  }

  /// The code that `meta.language` begins with (`en-GB`) or stands for (`eng`, `English`); `nil` where it names none.
  public var namedLanguageCode: String? {
    guard let tag = metadata["language"]?.stringValue else { return nil }
    let name = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return name.isEmpty || name == "und" ? nil : LanguageRegistry.codesByName[name] ?? name
  }
}

/// The language that was detected, with what the metadata named then.
private struct DetectedLanguage: Sendable {
  var named: String?
  var code: String?
}
