"""The offline newsroom: a small internet on loopback for the demo and the tests.

`samples.world.World` makes 26 weeks of documents out of the hand-written texts in
`samples/content`; `samples.server.Newsroom` serves them over real HTTP; `samples.files` writes
the complaint and social media files; `samples.newsroom_config` points a configuration at it.
"""
