crumbs = Path
moment = { $it } (Moscow time)
find = Find

regions = Regions
region = Region
regions-empty = Regions will appear here. Open the first one: its operators will upload the data of schools.
regions-empty-own = Your region will appear here. If it does not, write to the operator of the platform.
region-new = Open a region
region-name = Name
region-code = Code
region-code-hint = The code is in small Latin letters, for example severny-krai. It is part of addresses and ids and cannot be changed later.
region-create = Open
region-created = The region is open

institutions = Institutions
institutions-empty = The institutions of the region will appear here. Their list comes with the first import.
institutions-not-found = There are none. Check the beginning of the name: names that start with it are looked for.
institutions-more = The first { $count } are shown. To find others, type the beginning of the name.
institution-kind = Kind
institution-starts-with = Name starts with
kind-all = All
kinds-preschool = Kindergartens
kinds-general = Schools
kinds-vocational = Colleges
kinds-additional = Additional education

imports = Imports
import = Import
import-into = Import: { $it }
imports-empty = The imports of the region and their reports will appear here.
import-when = When
import-state = State
import-waiting_for_file = Waits for its file
import-queued = In the queue
import-running = Running
import-done = Done
import-done-refused = { $count ->
    [one] Done, { $count } row refused
   *[other] Done, { $count } rows refused
}
import-failed = Not done
import-progress = rows dealt with: { $done } of { $total }
import-progress-template = rows dealt with: [done] of [total]
import-stays = You can close the page: the work goes on without it, and the report stays here.
import-waits-next = The file has not been uploaded, or the upload broke off. If you uploaded it through the API, start the import; otherwise begin a new one on the page of the region.
import-start = Start
import-start-again = Start again
import-failed-next = Nothing has changed. Correct the file and begin a new import on the page of the region.

upload = Upload data
upload-file = OneRoster 1.1 or 1.2 archive (zip)
upload-hint = Up to 32 MB. An import changes only what the file names; importing the same file again changes nothing.
upload-button = Upload and import
upload-running = Uploading: [percent] %
upload-starting = The file is uploaded, the import is being started…
upload-failed = It did not work: [why] Nothing has changed. Press the button again.
upload-noscript = Uploading from this page needs JavaScript. Without it, use the API: POST /api/registry/imports, then PUT the file to the address you get, then POST /api/registry/imports/…/start.

timetable-link = Report on the timetable
timetable-report = Timetable: weeks created [created], changed [changed], unchanged [kept]; rows refused: [refused].
timetable-failed = The timetable was refused: [why].

classes = Classes
classes-empty = Classes and groups will appear here. Their list comes with the import of the region's data.
classes-unusual = Unusual changes: { $count }
classes-unusual-none = Unusual changes of marks
year = Year { $it }
journals-of = Journals: { $it }
schedule-of = Schedule: { $it }
class-teacher = Class teacher
pupils-count = { $count ->
    [one] { $count } pupil
   *[other] { $count } pupils
}
pupils-empty = Nobody is in the class now. The list comes with the import of the region's data.
pupil = Name
subjects = Subjects
subjects-empty = The subjects of the class and those who teach them will appear here.
subject = Subject
group = Group
teacher = Teacher

problem-region_exists-title = The code is taken
problem-region_exists = A region with this code is open under another name. Nothing has changed: choose another code.
problem-file_missing-title = The file is not there
problem-file_missing = The storage has no file for this import yet. Upload it and start the import again.
problem-bundle_too_large-title = The file is too large
problem-bundle_too_large = Archives of up to 32 MB are taken. Nothing has changed: divide the data into several archives.
problem-idempotency_key_reused-title = The key is used already
problem-idempotency_key_reused = An import of another region was made with this Idempotency-Key. Take a new key.
problem-field-region_code = Code: 2 to 32 characters — small Latin letters, digits and hyphens, a letter first.
problem-field-region_name = Name: 1 to 100 characters.
problem-field-idempotency_key = Idempotency-Key: 1 to 128 characters.
problem-field-query = Check the address of the page: the search condition is not acceptable.
class-register = Attendance of a day
