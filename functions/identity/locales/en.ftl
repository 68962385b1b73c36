identity-sign-in-title = Sign in
identity-sign-in-heading = Diary, journal and timetable in one place
identity-sign-in-first = Sign in to open this page.
identity-sign-in-button = Sign in with Gosuslugi
identity-sign-in-next = You will go to Gosuslugi, confirm the sign-in and come back here.
identity-under-14-summary = If the pupil is not yet 14
identity-under-14 = A parent or another legal representative creates the child’s Gosuslugi account, in the children section of their own account. Then the child signs in here with the same button.
identity-from-14 = From the age of 14 pupils register with Gosuslugi themselves.

identity-signed-in-title = You are signed in
identity-signed-in = Close this tab, go back to the other one and send the form again: everything you entered is still there.

identity-try-again = Sign in again
identity-refused-stale-title = Sign-in not finished
identity-refused-stale = This sign-in began too long ago or in another browser, or it is over already. Nothing is lost: please begin again. If this keeps happening, allow the browser to keep cookies.
identity-refused-declined-title = You are not signed in
identity-refused-declined = Gosuslugi did not confirm the sign-in: you declined, or time ran out. Nothing is lost, please try again.
identity-refused-untrusted-title = Sign-in failed
identity-refused-untrusted = The answer did not pass our checks, or it has expired. Nothing is lost: please begin again.
identity-refused-not-anew-title = A new sign-in is needed
identity-refused-not-anew = To go on, please sign in with Gosuslugi once more: a former sign-in will not do. Nothing is lost. If this keeps happening, sign out of Gosuslugi and begin again.
identity-refused-unavailable-title = Sign-in is not possible right now
identity-refused-unavailable = The sign-in service did not answer. Nothing is lost: please try again in a minute.

identity-sign-out-title = Sign out of My School?
identity-sign-out = You will be signed out here and of Gosuslugi in this browser. On a computer that is not yours, always sign out.
identity-sign-out-button = Sign out
identity-sign-out-stay = Stay
identity-signing-out-title = You are signed out of My School
identity-signing-out = What is left is signing out of Gosuslugi: the page will change by itself. If it does not, press the button.
identity-signing-out-button = Sign out of Gosuslugi
identity-signed-out-title = You are signed out
identity-signed-out = Whoever uses this computer next will not see your pages.
identity-sign-in-again = Sign in again

identity-roles = Who you are here
identity-role-current = now
identity-no-roles = There is no school here yet where you learn or work, and no child whom you represent. They will appear when the school puts you on its lists. If you are sure that it has, ask it to check your СНИЛС and date of birth, then sign out and in again.
identity-unconfirmed = Your Gosuslugi account is not confirmed, so your children are not shown here. Confirm it and sign in again.
identity-children =
    { $count ->
        [one] { $count } child
       *[other] { $count } children
    }
identity-child-without-class = In no class at present
identity-known-from-school = The school has confirmed that you represent the child
identity-known-from-gosuslugi = Gosuslugi names the child among yours
identity-language = Language
identity-language-label = Language of the pages
identity-language-save = Save

problem-field-role = There is no such role.
problem-field-language = This language is not available yet.
