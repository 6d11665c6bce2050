"""How the crawler meets other people's machines: addresses it refuses, manners it keeps."""
