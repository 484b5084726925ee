# The archive for one user. CPack's own would hold the folders too, and tar gives folders
# that are there already the modes from the archive: ~/.config would be open to everybody.
# SPDX-License-Identifier: GPL-2.0-or-later
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${CPACK_TEMPORARY_DIRECTORY}" "${CPACK_TEMPORARY_DIRECTORY}/*")
set(archive "${CPACK_PACKAGE_DIRECTORY}/${CPACK_PACKAGE_FILE_NAME}.tar.gz")
execute_process(
  COMMAND tar --create --gzip --owner=root:0 --group=root:0 --file "${archive}" -- ${files}
  WORKING_DIRECTORY "${CPACK_TEMPORARY_DIRECTORY}"
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "tar could not make ${archive}")
endif()
message(STATUS "package: ${archive} generated.")
