"""Which tests belong to which module."""

from __future__ import annotations

PACKAGE = "speechcast"

# Where a fault that no test notices would cost the most: what is shown, when, and what is heard.
# What is tried by default; a folder stands for all that is in it.
AREAS = (
    "timeline",
    "files",
    "delivery",
    "output_files",
    "config_files",
    "preferences",
    "request",
    "text",
    "frontend",
    "subtitles",
    "check",
    "audio/activity",
    "audio/file_activity",
    "audio/limiter",
    "audio/loudness",
    "audio/master",
    "audio/stitch",
    "audio/targets",
    "synthesis",
    "documents",
    "downloads",
    "align",
    "dub",
    "project",
    "studio",
    "batch",
    "playback",
    "engines/kokoro",
)
# Any of the rules for figures may read what another does not.
_ENGLISH_FIGURES = (
    "frontend/test_figure_conditions.py",
    "frontend/test_colons_zh.py",
    "frontend/test_figures_en.py",
    "frontend/test_normalize_en.py",
    "frontend/test_formulas.py",
)
_CHINESE_FIGURES = (
    "frontend/test_figure_conditions.py",
    "frontend/test_colons_zh.py",
    "frontend/test_report_figures.py",
    "frontend/test_normalize_zh.py",
    "frontend/test_codes_zh.py",
    "frontend/test_dates_zh.py",
    "frontend/test_units_zh.py",
    "frontend/test_signs_zh.py",
    "frontend/test_formulas.py",
)
_REWRITING = (
    "convolutions dequantization fast_convolutions graph normalization quality steps".split()
)
_BATCH_PARTS = (
    "defaults discovery event_log folder_settings naming options plan pool result runner "
    "source_files stop_signal storage watch worker"
).split()
_CLI_PARTS = "columns greeting plain_values powershell reading_lines start".split()
# Tests of a command line whose module has no file of its own name among those of `cli`.
_COMMAND_LINES = ("cli/test_command_line.py", "cli/test_help.py")
_STUDIO_PARTS = (
    "events recorded_clips recording sentence_takes session sound_routes sounds "
    "state take_recording view whole"
).split()
# The tests of a module, as files of `tests/`; for any other module, those of its folder.
TESTS: dict[str, tuple[str, ...]] = {
    "timeline": ("test_timeline.py",),
    "files": ("test_files.py",),
    "text/encodings": (
        "text/test_encodings.py",
        "documents/test_text_files.py",
    ),
    "text/han": ("text/test_han.py",),
    "text/isotopes": ("text/test_isotopes.py", "documents/test_raised.py"),
    "text/language": ("text/test_language.py",),
    "text/line_breaking": ("text/test_line_breaking.py",),
    "text/pinyin": ("text/test_pinyin.py", "frontend/test_lexicon.py"),
    "text/segmentation": ("text/test_line_breaking.py",),
    **dict.fromkeys(
        (f"text/{name}" for name in "abbreviations list_numbers quotations sentences".split()),
        ("text/test_marks_in_sentences.py", "text/test_sentences.py"),
    ),
    "text/whitespace": ("text/test_whitespace.py", "documents/test_plain.py"),
    "frontend/doubtful_readings": ("test_preview.py",),
    "frontend/english/number_words_en": (
        "frontend/test_number_words_en.py",
        *_ENGLISH_FIGURES,
    ),
    "frontend/english/units_en": ("frontend/test_units_en.py", *_ENGLISH_FIGURES),
    "frontend/english/measures_en": ("frontend/test_measures_en.py", *_ENGLISH_FIGURES),
    **dict.fromkeys(
        (
            f"frontend/english/{name}_en"
            for name in (
                "abbreviations addresses codes dates formulas money normalize quantities ratios "
                "roman symbols".split()
            )
        ),
        _ENGLISH_FIGURES,
    ),
    **dict.fromkeys(
        (
            f"frontend/chinese_figures/{name}_zh"
            for name in (
                "codes colon_words colons dates formulas measures normalize numbers signs units"
            ).split()
        ),
        _CHINESE_FIGURES,
    ),
    "frontend/rules": ("frontend/test_rules.py", "frontend/test_normalize_zh.py"),
    "frontend/mandarin/latin_to_pinyin": ("frontend/test_latin_to_pinyin.py",),
    "frontend/lexicon": ("frontend/test_lexicon.py",),
    "frontend/mandarin/tone_sandhi": ("frontend/test_tone_sandhi.py",),
    "frontend/tokens": ("frontend/test_utterances.py", "frontend/test_tokens.py"),
    "frontend/tokenizer": (
        "frontend/test_tokenizer.py",
        "frontend/test_tokens.py",
        "frontend/test_normalize_zh.py",
    ),
    "frontend/utterances": ("frontend/test_utterances.py", "frontend/test_tokens.py"),
    "frontend/mandarin/polyphone_rules": (
        "frontend/test_polyphone_rules.py",
        "frontend/test_tokens.py",
    ),
    "frontend/mandarin/g2p_zh": ("frontend/test_g2p_zh.py", "frontend/test_tokens.py"),
    **dict.fromkeys(
        (
            f"frontend/mandarin/{name}"
            for name in "surnames surname_table given_names name_context titles".split()
        ),
        (
            "frontend/test_name_context.py",
            "frontend/test_titles.py",
            "frontend/test_surnames.py",
        ),
    ),
    "frontend/mandarin/context_rules": ("frontend/test_context_rules.py",),
    "frontend/mandarin/jieba_dictionary": (
        "frontend/test_jieba_dictionary.py",
        "frontend/test_tokenizer.py",
    ),
    "frontend/mandarin/neutral_tones": (
        "frontend/test_mandarin_conditions.py",
        "frontend/test_neutral_tones.py",
        "frontend/test_tone_sandhi.py",
    ),
    **dict.fromkeys(
        (f"frontend/mandarin/{name}" for name in "phrase_readings phrase_dictionary".split()),
        ("frontend/test_phrase_readings.py",),
    ),
    **dict.fromkeys(
        (f"frontend/mandarin/{name}" for name in "reading_contexts polyphone_model".split()),
        ("frontend/test_reading_contexts.py", "frontend/test_tokens.py"),
    ),
    "frontend/mandarin/tones_of_yi": (
        "frontend/test_mandarin_conditions.py",
        "frontend/test_tone_sandhi.py",
    ),
    "frontend/mandarin/phonemes_to_pinyin": ("frontend/test_latin_to_pinyin.py",),
    "frontend/english/acronyms": ("frontend/test_acronyms.py",),
    "frontend/english/english_phonemes": ("frontend/test_latin_to_pinyin.py",),
    **dict.fromkeys(
        (
            f"frontend/english/{name}"
            for name in "heteronyms_en english_verbs word_classes_en".split()
        ),
        ("frontend/test_word_classes_en.py", "frontend/test_heteronyms_en.py"),
    ),
    "frontend/english/pinyin_to_english": ("frontend/test_pinyin_to_english.py",),
    "frontend/scripts": ("frontend/test_formulas.py",),
    "frontend/mandarin/homophones": (
        "frontend/test_mandarin_conditions.py",
        "frontend/test_lexicon.py",
    ),
    "subtitles/captions": ("subtitles/test_formats.py",),
    "subtitles/line_layout": ("subtitles/test_segment.py",),
    "subtitles/segment": ("subtitles/test_segment.py",),
    "subtitles/style": ("subtitles/test_segment.py",),
    **dict.fromkeys(
        (f"subtitles/formats/{name}" for name in "ass json lrc registry srt txt vtt".split()),
        ("subtitles/test_formats.py",),
    ),
    "subtitles/escapes": ("subtitles/test_round_trip.py",),
    **dict.fromkeys(
        ("subtitles/line_texts", "subtitles/line_widths", "subtitles/cue_costs"),
        ("subtitles/test_line_widths.py", "subtitles/test_segment.py"),
    ),
    **dict.fromkeys(
        (f"subtitles/parsers/{name}" for name in "srt vtt ass lrc json other time_lines".split()),
        (
            "subtitles/test_parsers.py",
            "subtitles/test_traps.py",
            "subtitles/test_read.py",
            "subtitles/test_round_trip.py",
        ),
    ),
    "subtitles/read": ("subtitles/test_read.py", "subtitles/test_traps.py"),
    "subtitles/traps": ("subtitles/test_parsers.py", "subtitles/test_traps.py"),
    "check/checker": ("check/test_check_of_a_tone.py",),
    "check/differences": ("check/test_differences.py",),
    "check/plot": ("check/test_plot.py",),
    "check/selfcheck": ("check/test_selfcheck.py",),
    "check/text_match": ("check/test_text_match.py", "check/test_judgement.py"),
    **dict.fromkeys(
        ("check/report", "check/rules"),
        ("check/test_rules.py", "check/test_report.py", "check/test_judgement.py"),
    ),
    **dict.fromkeys(
        ("check/shifts", "check/timing"), ("check/test_timing.py", "check/test_judgement.py")
    ),
    "audio/activity": ("audio/test_activity.py",),
    "audio/file_activity": ("check/test_sounds_that_lie.py", "audio/test_activity.py"),
    "audio/limiter": ("audio/test_loudness.py",),
    "audio/loudness": ("audio/test_loudness.py",),
    "audio/master": ("audio/test_loudness.py",),
    "audio/stitch": ("audio/test_stitch.py",),
    "audio/targets": ("audio/test_loudness.py", "audio/test_publish.py"),
    "synthesis/clip_cache": ("synthesis/test_clip_cache.py",),
    "synthesis/clip_spool": ("synthesis/test_clip_spool.py",),
    "synthesis/concurrency": ("synthesis/test_concurrency.py",),
    "synthesis/duration": ("synthesis/test_retakes.py", "synthesis/test_fit_duration.py"),
    "synthesis/fit_duration": ("synthesis/test_fit_duration.py",),
    "synthesis/jobs": ("synthesis/test_synthesizer.py",),
    "synthesis/retakes": ("synthesis/test_retakes.py", "synthesis/test_synthesizer.py"),
    "synthesis/retry": ("synthesis/test_retry.py", "synthesis/test_synthesizer.py"),
    "synthesis/session": ("synthesis/test_synthesizer.py",),
    "synthesis/speaking_rate": (
        "synthesis/test_clip_limits.py",
        "synthesis/test_clip_checks.py",
        "synthesis/test_retakes.py",
    ),
    "synthesis/clip_checks": ("synthesis/test_clip_limits.py", "synthesis/test_clip_checks.py"),
    "synthesis/stall": ("synthesis/test_stall.py",),
    "synthesis/adaptive_limit": ("synthesis/test_concurrency.py",),
    "synthesis/resources": ("synthesis/test_synthesizer.py",),
    "synthesis/synthesizer": ("synthesis/test_synthesizer.py", "synthesis/test_ending.py"),
    "synthesis/ordered_clips": ("synthesis/test_synthesizer.py",),
    "synthesis/clip_entry": ("synthesis/test_clip_cache.py",),
    "delivery": ("test_delivery.py",),
    "output_files": ("test_request.py", "cli/test_greeting.py", "test_windows.py"),
    "config_files": ("voices/test_preset_refusals.py", "voices/test_presets.py"),
    **dict.fromkeys(
        ("preferences", "request"),
        ("test_request.py", "test_sending.py"),
    ),
    **dict.fromkeys(("documents/raised", "documents/note_marks"), ("documents/test_raised.py",)),
    "documents/pieces": ("documents/test_pieces.py", "documents/test_docx_text.py"),
    "documents/block": ("documents/test_markdown.py", "documents/test_docx_text.py"),
    **dict.fromkeys(
        ("documents/document", "documents/file_types"),
        ("documents/test_text_files.py", "documents/test_refusals.py", "documents/test_html.py"),
    ),
    **dict.fromkeys(
        ("documents/front_matter", "documents/plain"),
        (
            "documents/test_front_matter.py",
            "documents/test_plain.py",
            "documents/test_plain_limits.py",
            "documents/test_text_files.py",
        ),
    ),
    **dict.fromkeys(
        (
            f"documents/{name}"
            for name in (
                "emphasis markdown markdown_lines markdown_notes markdown_signs markdown_tables "
                "runs"
            ).split()
        ),
        ("documents/test_markdown.py", "documents/test_pasted_markdown.py"),
    ),
    **dict.fromkeys(
        (f"documents/structure/{name}" for name in "headings outline title_block".split()),
        ("documents/test_outline.py",),
    ),
    **dict.fromkeys(
        (
            f"documents/web/{name}"
            for name in (
                "elements html main_text mathml notes page_reader style_sheet tags tree unread"
            ).split()
        ),
        (
            "documents/test_page_conditions.py",
            "documents/test_html.py",
            "documents/test_epub.py",
        ),
    ),
    "documents/web/epub": (
        "documents/test_epub.py",
        "documents/test_page_conditions.py",
        "documents/test_refusals.py",
    ),
    "documents/tables": (
        "documents/test_docx.py",
        "documents/test_html.py",
        "documents/test_pptx.py",
    ),
    **dict.fromkeys(
        (f"documents/pdf/{name}" for name in "layout lines reader running_lines".split()),
        ("documents/test_pdf_lines.py", "documents/test_pdf.py", "documents/test_refusals.py"),
    ),
    **dict.fromkeys(
        (
            f"documents/office/{name}"
            for name in (
                "docx docx_cells docx_drawings docx_fields docx_notes docx_numbering docx_parts "
                "docx_styles docx_text equation_field math_text numerals symbol_fonts"
            ).split()
        ),
        ("documents/test_docx.py", "documents/test_docx_text.py"),
    ),
    **dict.fromkeys(
        ("documents/office/odt", "documents/office/odt_styles"),
        ("documents/test_odt.py", "documents/test_pieces.py"),
    ),
    "documents/office/pptx": ("documents/test_pptx.py", "documents/test_pieces.py"),
    **dict.fromkeys(
        (f"engines/kokoro/rewriting/{name}" for name in _REWRITING),
        ("engines/rewriting/test_steps.py",),
    ),
    "engines/kokoro/rewriting/quality": ("engines/rewriting/test_quality.py",),
    **dict.fromkeys(
        ("align/placement", "align/alignment"),
        ("align/test_placement.py", "align/test_alignment.py", "align/test_recordings.py"),
    ),
    **dict.fromkeys(
        ("align/report", "align/subtitling"),
        ("align/test_report.py", "cli/test_align_command.py"),
    ),
    **dict.fromkeys(("dub/lines", "dub/sentences"), ("dub/test_lines.py",)),
    **dict.fromkeys(
        ("dub/checks", "dub/report", "dub/request"),
        ("dub/test_checks.py", "dub/test_report.py", "dub/test_dubbing.py"),
    ),
    **dict.fromkeys(
        ("dub/original", "dub/soundtrack", "dub/tracks"),
        ("dub/test_report.py", "dub/test_over.py"),
    ),
    **dict.fromkeys(
        (f"dub/{name}" for name in "phrases placement rates takes".split()),
        ("dub/test_plans.py", "dub/test_dubbing.py"),
    ),
    "dub/mixing": ("dub/test_plans.py", "dub/test_over.py"),
    **dict.fromkeys(
        (f"batch/{name}" for name in _BATCH_PARTS), ("batch/test_parts.py", "batch/test_runner.py")
    ),
    **dict.fromkeys(
        ("batch/dry_run", "batch/records", "batch/remote_source", "batch/report"),
        ("batch/test_records.py", "batch/test_parts.py", "batch/test_runner.py"),
    ),
    **dict.fromkeys(
        ("batch/addresses", "batch/remote_storage", "batch/dask_worker"),
        ("batch/test_addresses.py", "batch/test_records.py"),
    ),
    "batch/dask_cluster": ("batch/test_dask_cluster.py",),
    "batch/outgoing": ("batch/test_outgoing.py",),
    **dict.fromkeys(
        (f"cli/{name}" for name in "batch batch_console batch_pages batch_run".split()),
        ("cli/test_batch_parts.py", "cli/test_batch_command.py"),
    ),
    **dict.fromkeys(
        (
            f"cli/{name}"
            for name in "app command help_page option_words panels usage_errors".split()
        ),
        _COMMAND_LINES,
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "completing completion".split()), ("cli/test_completion.py",)
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "concealment diagnosis doctor".split()), ("cli/test_doctor.py",)
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "option_values options sound_options".split()),
        ("cli/test_option_values.py", *_COMMAND_LINES),
    ),
    **dict.fromkeys(("cli/dub", "cli/dub_options"), ("cli/test_dub_command.py", *_COMMAND_LINES)),
    **dict.fromkeys(
        ("cli/voices", "cli/voice_details"),
        ("cli/test_voices_listed.py", "cli/test_command_line.py"),
    ),
    **{f"cli/{name}": (f"cli/test_{name}.py",) for name in _CLI_PARTS},
    **dict.fromkeys(
        ("cli/script", "cli/preview_json"),
        ("cli/test_script.py", "test_preview.py", "cli/test_reading_lines.py"),
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "console log streams".split()),
        ("cli/test_console.py", "cli/test_streams.py", "test_redaction.py"),
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "preview say playing".split()),
        ("cli/test_playing.py", "cli/test_samples.py", "playback", "cli/test_command_line.py"),
    ),
    **dict.fromkeys(
        (f"cli/{name}" for name in "serve servers studio".split()),
        ("cli/test_serve.py", "cli/test_command_line.py"),
    ),
    "cli/common": ("cli/test_device.py", "cli/test_proxy.py", *_COMMAND_LINES),
    "cli/align": ("cli/test_align_command.py",),
    "cli/cache": ("synthesis/test_clip_cache.py",),
    "cli/check": ("check/test_check_of_a_tone.py", "cli/test_command_line.py"),
    "cli/descriptions": ("test_messages.py",),
    "cli/make": ("cli/test_make.py", "cli/test_command_line.py"),
    "cli/page": ("page/test_commands.py",),
    "cli/projects": ("cli/test_projects.py",),
    "studio/values": ("studio/test_values.py",),
    **dict.fromkeys(
        (f"studio/{name}" for name in _STUDIO_PARTS),
        ("studio/test_parts.py", "studio/test_sentences.py"),
    ),
    **dict.fromkeys(
        ("studio/reader", "studio/unread_state"),
        ("studio/test_long_speeches.py", "studio/test_sentences.py"),
    ),
    "studio/catalog_routes": ("studio/test_catalog.py",),
    "studio/security": ("studio/test_parts.py", "studio/test_security.py"),
    "studio/consent": ("studio/test_consent.py",),
    "studio/language": ("studio/test_language.py",),
    **dict.fromkeys(
        ("studio/library", "studio/project_files", "studio/project_routes", "studio/summary"),
        ("studio/test_parts.py", "studio/test_projects.py", "studio/test_sentences.py"),
    ),
    **dict.fromkeys(
        ("studio/speech_api", "studio/speech_service"),
        ("studio/test_parts.py", "studio/test_speech_api.py"),
    ),
    "playback/sinks": ("playback/test_sinks.py", "playback/test_playback.py"),
    **dict.fromkeys(
        (f"page/{name}" for name in "files matching transcript".split()),
        ("page/test_matching.py", "page/test_files.py"),
    ),
    "page/waveform": ("page/test_waveform.py",),
    "engines/kokoro/mix": ("engines/test_kokoro_mix.py",),
    **dict.fromkeys(
        ("engines/kokoro/timings", "engines/kokoro/session", "engines/kokoro/engine"),
        ("engines/test_kokoro.py",),
    ),
    **dict.fromkeys(
        (f"engines/kokoro/{name}" for name in "g2p_en english_readings phoneme_alignment".split()),
        ("engines/test_english_readings.py", "engines/test_kokoro.py"),
    ),
    **dict.fromkeys(
        ("engines/kokoro/g2p_zh", "engines/kokoro/zhuyin", "engines/kokoro/families"),
        ("engines/test_mandarin_hd.py", "engines/test_kokoro.py"),
    ),
    **dict.fromkeys(
        ("engines/kokoro/variants", "engines/kokoro/shortage", "engines/kokoro/installation"),
        ("engines/test_model_variants.py",),
    ),
    **dict.fromkeys(
        ("engines/kokoro/devices", "engines/kokoro/device_trial"), ("engines/test_devices.py",)
    ),
}


def source_path(module: str) -> str:
    """Return a module's file, as a path inside the tree.

    >>> source_path("text/han")
    'src/speechcast/text/han.py'
    """
    return f"src/{PACKAGE}/{module}.py"


def tests_of(module: str) -> list[str]:
    """Return the tests of a module, as pytest takes them; the examples in it come first.

    >>> tests_of("voices/presets")
    ['src/speechcast/voices/presets.py', 'tests/voices']
    """
    files = TESTS.get(module) or (module.split("/", maxsplit=1)[0],)
    return [source_path(module), *(f"tests/{file}" for file in files)]
