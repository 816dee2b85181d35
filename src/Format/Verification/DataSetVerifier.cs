namespace Lamina.Format.Verification;

/// <summary>Proves that a data set's files are whole: every bit of them is read and checked.</summary>
public static class DataSetVerifier
{
    /// <summary>Checks the data set folder, manifest or single region file at <paramref name="path"/>.</summary>
    /// <param name="path">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <param name="progress">Told the bytes checked and the bytes in all, from time to time.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What was checked and every fault found, one a file at most. A damaged file is an answer, not an exception.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static VerificationReport Verify(
        string path,
        IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
