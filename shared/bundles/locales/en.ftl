report-line = Line
report-file = File
report-why = Why
report-rows = Rows
report-in-all = In all
report-caption = What became of the rows of each file
report-rows-created = New
report-rows-changed = Changed
report-rows-kept = Unchanged
report-rows-refused = Refused
report-refused = Refused rows
report-warnings = Remarks
report-file-refused = The file was refused: { $it }
report-shown-of = { $shown } of { $count } are shown.
report-show-more = Show more
report-at-line = Line { $it }:
report-in-column = Column { $column }: { $what }
report-outcome = Outcome
report-count = How many
report-outcome-refused = refused
report-outcome-warning = warning
report-outcome-failed = file not accepted
report-outcome-rest = more, without details

import-failure = The file as a whole was refused ({ $it }).
import-failure-entry = The file “{ $it }” of the archive is at fault.
import-failure-bundle-missing = The file was not found in the storage: upload it again.
import-failure-archive-unreadable = This is not a zip archive, or a damaged one.
import-failure-archive-too-large = The archive is larger than 32 MB.
import-failure-archive-too-many-entries = The archive has too many files.
import-failure-archive-entry-too-large = A file of the archive is too large when unpacked.
import-failure-archive-total-too-large = The files of the archive together are too large when unpacked.
import-failure-archive-ratio-too-high = A file of the archive is compressed suspiciously well.
import-failure-archive-unsafe-name = The name of a file leads out of the archive.
import-failure-archive-link = The archive has a link or a special file.
import-failure-archive-duplicate = Names of files in the archive repeat.
import-failure-archive-overlap = The archive is made so that its files overlap.
import-failure-archive-encrypted = The archive is encrypted.
import-failure-manifest-missing = The archive has no manifest.csv: nothing says what the other files mean.
import-failure-manifest-unreadable = The file manifest.csv cannot be read.
import-failure-version-unknown = This version of OneRoster is not supported: 1.1 or 1.2 is needed.

entity-org = the organisation
entity-academicSession = the academic session
entity-course = the course
entity-class = the class
entity-user = the person
entity-userProfile = the account

reason-value-missing = there is no value, and one is required.
reason-date-invalid = “{ $value }” is not a date like 2026-09-01.
reason-time-invalid = “{ $value }” is not a time like 08:30.
reason-number-invalid = “{ $value }” is not a number from { $from } to { $to }.
reason-word-unknown = the word “{ $value }” is not known.
reason-word-unknown-allowed = the word “{ $value }” is not known. Allowed: { $allowed }.
reason-text-invalid = the text is longer than { $longest } characters or has characters that are not allowed.
reason-dates-reversed = the end ({ $end }) is before the beginning ({ $begin }).
reason-cells-too-many = the row has { $cells } values and there are { $columns } columns: values may have shifted.
reason-row-unreadable = the row cannot be read: { $detail }.
reason-duplicate = the same sourcedId was in line { $firstLine }.
reason-reference-missing = { $entity } with sourcedId “{ $id }” is neither in the file nor in the registry.
reason-reference-refused = { $entity } with sourcedId “{ $id }” is in the file and was refused.
reason-kind-unsupported = the registry has no organisations of the kind “{ $value }”.
reason-snils-invalid = the SNILS is wrong: its check number or length.
reason-account-tied = the person has signed in with Gosuslugi: an import no longer changes their SNILS or date of birth.
reason-snils-taken = this SNILS belongs to another person of the region.
reason-out-of-scope = these are data of another institution.
reason-changed-meanwhile = somebody changed the record during the import. Repeat the import.
reason-columns-missing = required columns are missing: { $columns }.
reason-column-twice = the column { $column } is there twice.
reason-file-empty = the file is empty: it has not even a header.
reason-file-not-text = the file is not text.
reason-file-missing = manifest.csv names the file and the archive does not have it.

warning-file-name-case = the file's name is not spelt { $expected }; it was read.
warning-file-undeclared = by manifest.csv the file is absent, so it was not read.
warning-file-unknown = the file is of an unknown kind and was not read.
warning-file-not-imported = the file is part of OneRoster, but it is not imported.
warning-manifest-value-empty = the property { $property } has no value; the file was read if it was there.
warning-manifest-value-unknown = the value “{ $value }” of the property { $property } is not known.
warning-encoding-windows-1251 = the file is in Windows-1251; it was read.
warning-column-misspelt = the column was understood as { $expected }.
warning-column-unknown = the column is not known and was not read.
warning-column-unnamed = a column without a name was not read.
warning-passwords-ignored = a column with passwords was thrown away unread, rows: { $rows }.
warning-date-left-out = “{ $value }” is not a date; the value was left out, the row is imported.
warning-reference-left-out = { $entity } with sourcedId “{ $id }” is not there; the reference was left out, the row is imported.
warning-word-left-out = the word “{ $value }” is not known; the value was left out, the row is imported.
warning-regime-stays = { $institution }: { $grades ->
    [none] the general bells
   *[other] the bells of grades { $grades }
}{ $shift ->
    [first] {""}
   *[other] , shift 2
} that were set on the page of bells and hold from { $since } stay in force: from that day on the imported ones do not apply.
