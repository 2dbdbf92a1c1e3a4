import Dispatch
import HearsayRunner
import HearsayStreams
import Synchronization

/// How much a run has before it.
///
/// The length of the inputs is found out while the run goes on: to walk through millions of files takes its time.
final class WorkEstimate: Sendable {
  /// In bytes; `nil` where that is not known, or not yet.
  private let length: Mutex<Int?>
  /// The most documents that are read.
  private let documents: Int?

  init(bytes: Int?, documents: Int? = nil) {
    length = Mutex(bytes)
    self.documents = documents
  }

  /// What a run over these inputs has before it.
  convenience init(of inputs: [String], _ settings: InputSettings) {
    let selection = settings.selection
    self.init(bytes: nil, documents: selection.limit)
    guard !inputs.isEmpty else { return }
    // A part of the documents is about that part of the bytes.
    let parts = (selection.sample ?? 1).multipliedReportingOverflow(by: selection.shard?.count ?? 1)
    guard !parts.overflow else { return }
    // Not a thread of our own: of Dispatch's, none takes the signals that end a run in good order.
    DispatchQueue.global(qos: .utility).async { [self] in
      let bytes = InputSettings.byteCount(of: inputs, followsLinks: settings.followsLinks)
      length.withLock { $0 = bytes.map { $0 / parts.partialValue } }
    }
  }

  /// How much is done, from 0 to 1; `nil` where that is not known.
  func share(bytes: Int, documents: Int) -> Double? {
    var shares: [Double] = []
    if let length = length.withLock(\.self), length > 0 { shares.append(Double(bytes) / Double(length)) }
    // Where the inputs have fewer documents, their length is what counts.
    if let most = self.documents, most > 0 { shares.append(Double(documents) / Double(most)) }
    return shares.max().map { min($0, 1) }
  }
}
