public import Hearsay

extension Document {
  /// The code of the document's language (ISO 639-1): what `meta.language` names, unless the words tell that it is another,
  /// as with pages whose template is in English; else what the words tell; `nil` where nothing does.
  ///
  /// Found by the first stage that asks for it.
  ///
  /// - Complexity: The first words are read, as many as tell; no more than 4,096 bytes.
  public mutating func languageCode() -> String? {
    let named = namedLanguageCode
    if let told = cached(DetectedLanguage.self), told.named == named { return told.code }
    let evidence = LanguageEvidence(of: bytes, named: named)
    let code = named.flatMap { evidence.contradicts($0) ? nil : $0 } ?? evidence.likeliest
    cache(DetectedLanguage(named: named, code: code))
    return code
  }

  /// The code that `meta.language` begins with (`en-GB`) or stands for (`eng`, `English`); `nil` where it names none.
  public var namedLanguageCode: String? {
    guard let tag = metadata["language"]?.stringValue else { return nil }
    let name = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return name.isEmpty || name == "und" ? nil : LanguageCodes.byName[name] ?? name
  }
}

/// The language that a text's words tell, with what its metadata named then.
private struct DetectedLanguage: Sendable {
  var named: String?
  var code: String?
}
