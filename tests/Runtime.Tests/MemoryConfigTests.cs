using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

public sealed class MemoryConfigTests
{
    public static TheoryData<MemoryConfig, string> Invalid => new()
    {
        { new() { TotalMemoryBytes = 4095 }, nameof(MemoryConfig.TotalMemoryBytes) },
        { new() { TotalMemoryBytes = -1 }, nameof(MemoryConfig.TotalMemoryBytes) },
        { new() { OpenMode = (OpenMode)2 }, nameof(MemoryConfig.OpenMode) },
        { new() { LoadMode = (LoadMode)(-1) }, nameof(MemoryConfig.LoadMode) },
        { new() { PoolBlockSizes = default }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [2048] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [4096, 4096] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [8192, 4096] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [12288] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [32 << 20] }, nameof(MemoryConfig.PoolBlockSizes) },
        { new() { PoolBlockSizes = [.. Enumerable.Range(12, 9).Select(static log => 1 << log)] }, nameof(MemoryConfig.PoolBlockSizes) },
    };

    [Fact]
    public void Default_IsFourteenDimensionsOfTwentyMebibytes() =>
        Assert.Equal(14 * 20L * 1024 * 1024, MemoryConfig.Default.TotalMemoryBytes);

    [Theory, MemberData(nameof(Invalid))]
    public void Open_SettingOutOfRange_NamesIt(MemoryConfig config, string setting)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 1));
        Assert.Equal(setting, Assert.ThrowsAny<ArgumentException>(() => data.Open(config)).ParamName);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(16 << 20)]
    public void Open_PoolOfOneSize_Reads(int size)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { PoolBlockSizes = [size] });
        Assert.Equal(TestDataSet.Text(1, 7), manager.ReadCopy(new LayerId(1, 7)));
        Assert.Equal(size, Assert.Single(manager.GetStats().Pool.ToArray()).BlockSize);
    }

    [Fact]
    public void Open_EmptyFolderName_IsAWrongCall()
    {
        Assert.Throws<ArgumentException>(() => MmapManager.Open(""));
        Assert.Throws<ArgumentNullException>(() => MmapManager.Open(null!));
    }
}
