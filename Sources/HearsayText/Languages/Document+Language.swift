public import Hearsay

extension Document {
  /// The code of the document's language (ISO 639-1): what `meta.language` names, unless the words tell that it is another,
  /// as with pages whose template is in English; else what the words tell; `nil` where nothing does.
  ///
  /// - Complexity: The first words are read, as many as tell; no more than 4,096 bytes.
  public func languageCode() -> String? {
    let named = namedLanguageCode
    let evidence = LanguageEvidence(of: bytes, named: named)
    if let named, !evidence.contradicts(named) { return named }
    return evidence.likeliest
  }

  /// The code that `meta.language` begins with (`en-GB`) or stands for (`eng`, `English`); `nil` where it names none.
  public var namedLanguageCode: String? {
    guard let tag = metadata["language"]?.stringValue else { return nil }
    let name = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return name.isEmpty || name == "und" ? nil : LanguageCodes.byName[name] ?? name
  }
}
