import Foundation
import Hearsay

/// Writes the bytes of documents to files: one for each partition, cut into shards.
///
/// The contents of the files, and the frames of compressed ones, depend only on the documents and their order, not on
/// batches, workers or checkpoints. Memory and descriptors are bounded for any number of files.
struct FileOutput: ~Copyable {
  /// The limits at which a file is cut; 0 is none.
  struct ShardLimits: Sendable {
    var documents = 0
    /// Before compression.
    var bytes = 0
  }

  /// The files of one name; the last one is being written.
  struct Partition {
    /// The path with `{shard}` unresolved.
    let name: String
    var shard = 0
    /// The documents and the bytes before compression in the shard.
    var documents = 0
    var bytes = 0
    var file: OutputFile
    /// The bytes that are not written yet. In a compressed file they become a frame.
    var pending: [UInt8] = []
    /// Grows with each document: the least recently used partition has the smallest.
    var lastUse = 0
    /// A hash over the lengths and hashes of the shards before this one.
    var finished: UInt64 = 0
  }

  let compression: OutputCompression
  let header: [UInt8]
  let limits: ShardLimits
  /// Whether the documents' metadata name the files: an impossible name is then an error of the document.
  private let isNamedByDocuments: Bool
  private let context: StageContext
  var partitions: [Partition] = []
  var indices: [String: Int] = [:]
  /// The pieces that are being compressed, in the order in which they are written, and their partitions.
  private var packing: [(index: Int, piece: PackedPiece)] = []
  private var uses = 0
  /// Bytes in all `pending`.
  private var pendingBytes = 0
  /// The partitions whose files are open.
  private var open: [Int] = []
  /// Whether a write has failed: nothing more is written then.
  private var isBroken = false
  /// Folders in which files were made since the last sync.
  private var unsyncedFolders: Set<String> = []

  /// The size of a frame of a compressed file, which ends with a document, or of one write to another file.
  private var pieceBytes: Int { compression == .none ? 1 << 18 : 1 << 20 }
  private static let mostPendingBytes = 64 << 20
  private static let mostOpenFiles = 128
  private static let mostPacking = 2 * max(2, ProcessInfo.processInfo.activeProcessorCount)

  /// - Parameters:
  ///   - header: What each file begins with.
  ///   - isNamedByDocuments: Whether the documents' metadata name the files.
  ///   - context: The run whose outputs the files are.
  init(
    compression: OutputCompression, header: [UInt8], limits: ShardLimits, isNamedByDocuments: Bool,
    context: StageContext
  ) {
    self.compression = compression
    self.header = header
    self.limits = limits
    self.isNamedByDocuments = isNamedByDocuments
    self.context = context
  }

  // MARK: Writing

  /// Creates the first file of a partition.
  mutating func begin(_ name: String) throws {
    _ = try index(of: name)
  }

  /// Appends a document in JSON.
  mutating func write(_ json: borrowing JSONWriter, to name: String) throws { try write(json.span, to: name) }

  /// Appends the bytes of one document.
  ///
  /// - Throws: `DocumentError` where the document's file cannot have its name; other documents can still be written.
  mutating func write(_ bytes: Swift.Span<UInt8>, to name: String) throws {
    guard !bytes.isEmpty else { return }
    do {
      let index = try index(of: name)
      try startShardIfFull(index, for: bytes.count)
      uses += 1
      partitions[index].lastUse = uses
      partitions[index].documents += 1
      try append(bytes, to: index)
    } catch let error as DocumentError {
      throw error
    } catch {
      isBroken = true
      throw error
    }
  }

  private mutating func index(of name: String) throws -> Int {
    if let index = indices[name] { return index }
    let index = partitions.count
    partitions.append(Partition(name: name, file: try newFile(name, shard: 0)))
    indices[name] = index
    try didOpen(index)
    try append(header, to: index)
    return index
  }

  private mutating func startShardIfFull(_ index: Int, for count: Int) throws {
    let partition = partitions[index]
    let isFull =
      limits.documents > 0 && partition.documents >= limits.documents
      || limits.bytes > 0 && partition.bytes + count > limits.bytes && partition.documents > 0
    guard isFull else { return }
    try finishFile(index)
    let file = try newFile(partition.name, shard: partition.shard + 1)
    partitions[index].finished = Self.chained(partition.finished, partitions[index].file.mark)
    partitions[index].shard += 1
    partitions[index].documents = 0
    partitions[index].bytes = 0
    partitions[index].file = file
    try didOpen(index)
    try append(header, to: index)
  }

  private mutating func newFile(_ name: String, shard: Int) throws -> OutputFile {
    do throws(OutputError) {
      let file = try OutputFile(new: PathTemplate.path(of: name, shard: shard), in: context)
      if !file.isStream { unsyncedFolders.insert(OutputFolder.path(of: file.partPath)) }
      return file
    } catch {
      guard isNamedByDocuments, error.isOfName else { throw error }
      throw DocumentError(error.description)
    }
  }

  /// The hash over all shards up to a finished one, from the hash over those before it.
  private static func chained(_ hash: UInt64, _ mark: OutputFile.Mark) -> UInt64 {
    XXH64.hash(Array("\(mark.byteCount) \(mark.hash)".utf8).span, seed: hash)
  }

  private mutating func append(_ bytes: [UInt8], to index: Int) throws { try append(bytes.span, to: index) }

  private mutating func append(_ bytes: Swift.Span<UInt8>, to index: Int) throws {
    partitions[index].bytes += bytes.count
    if compression == .none, bytes.count >= pieceBytes {
      // Written without a copy, which would take as much memory again.
      try flush(index)
      return try write(bytes, to: index)
    }
    unsafe bytes.withUnsafeBufferPointer { unsafe partitions[index].pending.append(contentsOf: $0) }
    pendingBytes += bytes.count
    if partitions[index].pending.count >= pieceBytes { try flush(index) }
    // The choice depends only on the order of the documents, as the frames must.
    while pendingBytes > Self.mostPendingBytes {
      let waiting = partitions.indices.filter { !partitions[$0].pending.isEmpty }
      guard let oldest = waiting.min(by: { partitions[$0].lastUse < partitions[$1].lastUse }) else { break }
      try flush(oldest)
    }
  }

  /// Writes the pending bytes, in a compressed file as a frame.
  private mutating func flush(_ index: Int) throws {
    guard !partitions[index].pending.isEmpty else { return }
    pendingBytes -= partitions[index].pending.count
    if compression == .none {
      try write(partitions[index].pending, to: index)
      partitions[index].pending.removeAll(keepingCapacity: partitions.count < 8)
    } else {
      packing.append((index, PackedPiece(partitions[index].pending, compression)))
      partitions[index].pending = []
      try writePacked(leaving: Self.mostPacking)
    }
  }

  /// Writes the pieces that are compressed, and waits for others where more than `most` are in work.
  private mutating func writePacked(leaving most: Int) throws {
    while let first = packing.first, packing.count > most || first.piece.isDone {
      packing.removeFirst()
      try write(first.piece.bytes(), to: first.index)
    }
  }

  private mutating func write(_ bytes: [UInt8], to index: Int) throws { try write(bytes.span, to: index) }

  private mutating func write(_ bytes: Swift.Span<UInt8>, to index: Int) throws {
    let wasOpen = partitions[index].file.isOpen
    try partitions[index].file.write(bytes)
    if !wasOpen { try didOpen(index) }
  }

  /// Closes the least recently used file where too many are open.
  private mutating func didOpen(_ index: Int) throws {
    open.removeAll { $0 == index || !partitions[$0].file.isOpen }
    open.append(index)
    guard open.count > Self.mostOpenFiles else { return }
    partitions[open.removeFirst()].file.close()
  }

  /// Writes the rest of a partition's file and closes it.
  private mutating func finishFile(_ index: Int) throws {
    try flush(index)
    try writePacked(leaving: 0)
    // A compressed file without a document is an empty frame.
    if compression != .none, partitions[index].file.length == 0 {
      try partitions[index].file.write(compression.pack([]))
    }
    try partitions[index].file.sync()
    partitions[index].file.close()
  }

  // MARK: Checkpoints and the end

  /// Makes the written bytes durable, except for unfinished frames.
  mutating func sync() throws {
    try writePacked(leaving: 0)
    for index in partitions.indices {
      if compression == .none { try flush(index) }
      let wasOpen = partitions[index].file.isOpen
      try partitions[index].file.sync()
      if !wasOpen { partitions[index].file.close() }
    }
    try OutputFolder.sync(unsyncedFolders)
    unsyncedFolders.removeAll()
  }

  /// Resumes the files of a partition at a checkpoint.
  mutating func resume(_ partition: PartitionState, pending: [UInt8]) throws {
    var finished: UInt64 = 0
    for number in 0..<partition.shard {
      let path = PathTemplate.path(of: partition.name, shard: number)
      finished = Self.chained(finished, try OutputFile.present(path))
      try context.registerContinuedOutput(OutputPlace(path).filePath ?? path)
    }
    guard finished == partition.finished else {
      let first = PathTemplate.path(of: partition.name, shard: 0)
      throw StageError(
        "one of the \(partition.shard) finished files from '\(first)' on is not what it was when the run broke off; put it "
          + "back, or start the run anew")
    }
    let file = try OutputFile(
      resuming: PathTemplate.path(of: partition.name, shard: partition.shard), at: partition.mark,
      registerContinuedOutput: context.registerContinuedOutput)
    uses += 1
    indices[partition.name] = partitions.count
    partitions.append(
      Partition(
        name: partition.name, shard: partition.shard, documents: partition.documents, bytes: partition.bytes,
        file: file,
        pending: pending, lastUse: uses, finished: finished))
    pendingBytes += pending.count
    unsyncedFolders.insert(OutputFolder.path(of: file.partPath))
    try didOpen(partitions.count - 1)
  }

  /// Writes the rest. Finished files take their names; an interrupted run leaves its `.part`s.
  mutating func close(_ outcome: RunOutcome) throws {
    defer { for index in partitions.indices { partitions[index].file.close() } }
    // The failure was reported before.
    guard !isBroken else { return }
    for index in partitions.indices { try flush(index) }
    for index in partitions.indices { try finishFile(index) }
    guard outcome == .finished else { return }
    for partition in partitions where !partition.file.isStream {
      for number in 0...partition.shard {
        let path = try OutputFile.takeName(PathTemplate.path(of: partition.name, shard: number))
        unsyncedFolders.insert(OutputFolder.path(of: path))
      }
    }
    try OutputFolder.sync(unsyncedFolders)
  }
}
